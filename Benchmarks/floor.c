/* The floor of `make bench`: what any tool on libcurl must do at the least.
 *
 *   floor CA_FILE CONCURRENT_TARGETS < BASE_URLS
 *
 * For each base URL, one a line: GET /models and POST /chat/completions, at the same time and, over TLS, on one connection.
 * Certificates are verified; answers are thrown away. Ends with 1 unless every answer is a 200. The key is in BENCH_KEY.
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct target {
    char *base_url;
    int open; /* requests under way */
};

static const char request_body[] =
    "{\"model\":\"bench-model\",\"messages\":[{\"role\":\"user\",\"content\":\"ping\"}],\"max_tokens\":16}";

static size_t discard(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes;
    (void)context;
    return size * count;
}

static void start(CURLM *multi, struct target *target, const char *path, struct curl_slist *headers, const char *body, const char *ca_file) {
    char url[1024];
    CURL *request = curl_easy_init();
    if (request == NULL || snprintf(url, sizeof url, "%s%s", target->base_url, path) >= (int)sizeof url) {
        exit(2);
    }
    curl_easy_setopt(request, CURLOPT_URL, url);
    curl_easy_setopt(request, CURLOPT_PRIVATE, target);
    curl_easy_setopt(request, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(request, CURLOPT_WRITEFUNCTION, discard);
    curl_easy_setopt(request, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(request, CURLOPT_PROXY, "");
    curl_easy_setopt(request, CURLOPT_CAINFO, ca_file);
    curl_easy_setopt(request, CURLOPT_CAPATH, NULL); /* a CA path would switch off libcurl's cache of authorities */
    curl_easy_setopt(request, CURLOPT_PIPEWAIT, strncmp(url, "https:", 6) == 0 ? 1L : 0L);
    if (body != NULL) {
        curl_easy_setopt(request, CURLOPT_POSTFIELDS, body);
    }
    curl_multi_add_handle(multi, request);
    target->open++;
}

int main(int argc, char **argv) {
    const char *key = getenv("BENCH_KEY");
    if (argc != 3 || key == NULL) {
        fputs("usage: BENCH_KEY=… floor CA_FILE CONCURRENT_TARGETS < BASE_URLS\n", stderr);
        return 2;
    }
    const int limit = atoi(argv[2]);
    struct target *targets = NULL;
    size_t count = 0, next = 0;
    char line[512];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        targets = realloc(targets, (count + 1) * sizeof *targets);
        targets[count++] = (struct target){strdup(line), 0};
    }

    curl_global_init(CURL_GLOBAL_DEFAULT);
    char authorization[256];
    snprintf(authorization, sizeof authorization, "Authorization: Bearer %s", key);
    struct curl_slist *get_headers = curl_slist_append(NULL, authorization);
    struct curl_slist *post_headers = curl_slist_append(curl_slist_append(NULL, authorization), "Content-Type: application/json");
    CURLM *multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 2L * limit);

    int open_targets = 0, running = 0, queued = 0, failures = 0;
    while (next < count || open_targets > 0) {
        for (; next < count && open_targets < limit; next++, open_targets++) {
            start(multi, &targets[next], "/models", get_headers, NULL, argv[1]);
            start(multi, &targets[next], "/chat/completions", post_headers, request_body, argv[1]);
        }
        curl_multi_perform(multi, &running);
        for (CURLMsg *message; (message = curl_multi_info_read(multi, &queued)) != NULL;) {
            CURL *request = message->easy_handle;
            struct target *target = NULL;
            long status = 0;
            curl_easy_getinfo(request, CURLINFO_PRIVATE, &target);
            curl_easy_getinfo(request, CURLINFO_RESPONSE_CODE, &status);
            failures += message->data.result != CURLE_OK || status != 200;
            if (--target->open == 0) {
                open_targets--;
            }
            curl_multi_remove_handle(multi, request);
            curl_easy_cleanup(request);
        }
        if (running > 0) {
            curl_multi_poll(multi, NULL, 0, 1000, NULL);
        }
    }
    if (failures > 0) {
        fprintf(stderr, "floor: %d of %zu requests failed\n", failures, 2 * count);
    }
    return failures > 0;
}
