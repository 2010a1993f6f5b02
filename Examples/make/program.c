#include <stdio.h>

int main(void) {
    puts("program 1.0");
    return 0;
}
