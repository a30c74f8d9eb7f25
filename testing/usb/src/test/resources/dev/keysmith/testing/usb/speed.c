/* libfido2's side of the benchmark. For each line "getInfo N" or "makeCredential N" it opens the key that is
   plugged in, runs the operation once and then N times, closes the key and prints the nanoseconds of the N. */

#include <fido.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void require(int ok, const char *what, int code) {
  if (!ok) {
    fprintf(stderr, "%s: %s\n", what, fido_strerr(code));
    exit(1);
  }
}

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static fido_dev_t *open_key(void) {
  size_t found = 0;
  fido_dev_info_t *list = fido_dev_info_new(8);
  fido_dev_t *dev = fido_dev_new();
  require(list != NULL && dev != NULL, "memory", FIDO_ERR_INTERNAL);
  int code = fido_dev_info_manifest(list, 8, &found);
  require(code == FIDO_OK && found == 1, "one key", code);
  code = fido_dev_open(dev, fido_dev_info_path(fido_dev_info_ptr(list, 0)));
  require(code == FIDO_OK, "open", code);
  fido_dev_info_free(&list, 8);
  return dev;
}

static void get_info(fido_dev_t *dev) {
  fido_cbor_info_t *info = fido_cbor_info_new();
  int code = fido_dev_get_cbor_info(dev, info);
  require(code == FIDO_OK, "getInfo", code);
  fido_cbor_info_free(&info);
}

static void make_credential(fido_dev_t *dev, const char *pin) {
  static const unsigned char hash[32] = {1, 2, 3};
  fido_cred_t *cred = fido_cred_new();
  int code = fido_cred_set_type(cred, COSE_ES256);
  require(code == FIDO_OK, "type", code);
  fido_cred_set_clientdata_hash(cred, hash, sizeof(hash));
  fido_cred_set_rp(cred, "example.org", "An example");
  fido_cred_set_user(cred, (const unsigned char *)"ann", 3, "ann", "Ann", NULL);
  fido_cred_set_rk(cred, FIDO_OPT_TRUE);
  code = fido_dev_make_cred(dev, cred, pin);
  require(code == FIDO_OK, "makeCredential", code);
  fido_cred_free(&cred);
}

static int64_t measure(fido_dev_t *dev, int info, const char *pin) {
  int64_t begin = now();
  if (info) {
    get_info(dev);
  } else {
    make_credential(dev, pin);
  }
  return now() - begin;
}

int main(int argc, char **argv) {
  char line[80], operation[40];
  int count;
  (void)argc;
  fido_init(0);
  while (fgets(line, sizeof(line), stdin) != NULL && sscanf(line, "%39s %d", operation, &count) == 2) {
    fido_dev_t *dev = open_key();
    int info = strcmp(operation, "getInfo") == 0;
    measure(dev, info, argv[1]);
    for (int i = 0; i < count; i++) {
      printf("%lld ", (long long)measure(dev, info, argv[1]));
    }
    fido_dev_close(dev);
    fido_dev_free(&dev);
    printf("done\n");
    fflush(stdout);
  }
  return 0;
}
