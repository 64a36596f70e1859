// SPDX-License-Identifier: GPL-2.0-only
/*
 * mkfw - make, show and damage firmware files of QAT Gen4 for tests. The files it
 * makes are valid in format and signed with a key of the build folder, so a
 * device model that is told to trust that key runs them; silicon never will.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fwbuild.h"
#include "fwdamage.h"
#include "fwkey.h"
#include "fwmap.h"

/* Small, yet with room for the filler to differ from zero (reference 02 section 12). */
#define DEFAULT_INSTS	64
#define DEFAULT_MMP	256
#define DEFAULT_OBJECTS	"admin,sym,dc,asym,kat"

struct options {
	const char *out;
	const char *from;
	const char *key;
	const char *objects;
	const char *only;
	size_t insts;
	size_t mmp;
	bool boot;
	bool list;
};

static void usage(FILE *to)
{
	fprintf(to,
		"mkfw build --out DIR --key FILE [--objects admin,sym,dc,asym,kat]\n"
		"           [--insts BYTES] [--mmp BYTES]\n"
		"    Make " FW_MAIN_NAME ", " FW_MMP_NAME " and key.sha256 in DIR, signed\n"
		"    with the key in FILE, which is made if it is not there.\n"
		"mkfw dump FILE\n"
		"    Show the parts of a main or MMP file; exit 1 if a checksum or\n"
		"    signature is wrong.\n"
		"mkfw repack FILE OUT\n"
		"    Take the images out of a main file and build a new one from them.\n"
		"mkfw damage --from DIR --out DIR --key FILE [--boot | --only NAME]\n"
		"    For each known defect make a folder with the damaged pair of files,\n"
		"    and a manifest: name, file, expected outcome, word in the message.\n"
		"    --boot: only the representative few. FILE holds a key that the\n"
		"    device does not trust.\n"
		"mkfw damage --list\n");
}

static int path_join(char *buf, size_t size, const char *dir, const char *name)
{
	if (snprintf(buf, size, "%s/%s", dir, name) < (int)size)
		return 0;
	fprintf(stderr, "%s: path too long\n", dir);
	return -ENAMETOOLONG;
}

static int write_in(const char *dir, const char *name, const struct fwbytes *b)
{
	char path[4096];
	int ret = path_join(path, sizeof(path), dir, name);

	return ret ? ret : fwbytes_write(b, path);
}

static int read_in(const char *dir, const char *name, struct fwbytes *b)
{
	char path[4096];
	int ret = path_join(path, sizeof(path), dir, name);

	return ret ? ret : fwbytes_read(b, path);
}

static int make_dir(const char *path)
{
	if (!mkdir(path, 0755) || errno == EEXIST)
		return 0;
	fprintf(stderr, "%s: cannot create: %s\n", path, strerror(errno));
	return -errno;
}

static int build_parts(struct fwbuild_part *part, unsigned int *num,
		       const struct options *opt, gcry_sexp_t key)
{
	char *list = strdup(opt->objects), *save = NULL, *word;
	int ret = list ? 0 : -ENOMEM;

	for (word = list ? strtok_r(list, ",", &save) : NULL; word && !ret;
	     word = strtok_r(NULL, ",", &save)) {
		const struct fwbuild_object *obj = fwbuild_find(word);

		if (!obj || *num == FW_OBJECTS_MAX) {
			fprintf(stderr, "%s: no such object, or too many\n", word);
			ret = -EINVAL;
			break;
		}
		snprintf(part[*num].name, FW_NAME_LEN, "%s", obj->name);
		ret = fwbuild_ae_image(&part[(*num)++].image, obj, opt->insts, key);
	}
	free(list);
	return ret;
}

/* The number a device model must be given to trust the files. */
static int write_key_hash(const char *dir, const struct fwbytes *image)
{
	char text[2 * FWKEY_HASH_LEN + 2];
	struct fwbytes line = { 0 };
	uint8_t hash[FWKEY_HASH_LEN];
	unsigned int i;
	int ret;

	fwkey_hash(image->data + IMG_OFF_MODULUS, hash);
	for (i = 0; i < FWKEY_HASH_LEN; i++)
		sprintf(text + 2 * i, "%02x", hash[i]);
	strcat(text, "\n");
	fputs(text, stdout);
	fwbytes_append(&line, text, strlen(text));
	ret = write_in(dir, "key.sha256", &line);
	fwbytes_free(&line);
	return ret;
}

static int cmd_build(const struct options *opt)
{
	struct fwbuild_part part[FW_OBJECTS_MAX] = { 0 };
	struct fwbytes file = { 0 }, mmp = { 0 };
	unsigned int num = 0, i;
	gcry_sexp_t key;
	int ret;

	ret = make_dir(opt->out);
	if (ret)
		return ret;
	key = fwkey_load_or_make(opt->key);
	if (!key)
		return -EIO;
	ret = build_parts(part, &num, opt, key);
	if (!ret)
		ret = fwbuild_mmp(&mmp, opt->mmp, key);
	if (!ret) {
		fwbuild_main(&file, part, num);
		ret = write_in(opt->out, FW_MAIN_NAME, &file);
	}
	if (!ret)
		ret = write_in(opt->out, FW_MMP_NAME, &mmp);
	if (!ret)
		ret = write_key_hash(opt->out, &mmp);
	for (i = 0; i < num; i++)
		fwbytes_free(&part[i].image);
	fwbytes_free(&file);
	fwbytes_free(&mmp);
	gcry_sexp_release(key);
	return ret;
}

static int cmd_dump(const char *path)
{
	struct fwbytes file = { 0 };
	struct fwmap map;
	int ret;

	ret = fwbytes_read(&file, path);
	if (!ret)
		ret = fwmap_read(&map, &file, path);
	if (!ret)
		ret = fwmap_dump(&map, &file);
	fwbytes_free(&file);
	return ret;
}

static int cmd_repack(const char *from, const char *to)
{
	struct fwbuild_part part[FW_OBJECTS_MAX] = { 0 };
	struct fwbytes file = { 0 };
	struct fwmap map;
	unsigned int i;
	int ret;

	ret = fwbytes_read(&file, from);
	if (!ret)
		ret = fwmap_read(&map, &file, from);
	if (ret || map.bare) {
		fwbytes_free(&file);
		return ret ? ret : -EINVAL;
	}
	for (i = 0; i < map.num; i++) {
		snprintf(part[i].name, FW_NAME_LEN, "%s", map.obj[i].name);
		fwbytes_append(&part[i].image, file.data + map.obj[i].image,
			       map.obj[i].image_len);
	}
	fwbuild_main(&file, part, map.num);
	ret = fwbytes_write(&file, to);
	for (i = 0; i < map.num; i++)
		fwbytes_free(&part[i].image);
	fwbytes_free(&file);
	return ret;
}

static void manifest_line(FILE *to, const struct fwdamage *row)
{
	fprintf(to, "%s %s %s %s\n", row->name, row->mmp ? FW_MMP_NAME : FW_MAIN_NAME,
		fwdamage_expect_name(row->expect), row->says ? row->says : "-");
}

static bool selected(const struct options *opt, const struct fwdamage *row)
{
	if (opt->only)
		return !strcmp(opt->only, row->name);
	return row->boot || !opt->boot;
}

static int damage_one(const struct options *opt, const struct fwdamage *row,
		      const struct fwpair *good, gcry_sexp_t stranger)
{
	struct fwpair bad;
	char dir[4096];
	int ret;

	ret = path_join(dir, sizeof(dir), opt->out, row->name);
	if (!ret)
		ret = make_dir(dir);
	if (ret)
		return ret;
	ret = fwdamage_apply(row, good, stranger, &bad);
	if (!ret && !bad.no_main)
		ret = write_in(dir, FW_MAIN_NAME, &bad.main);
	if (!ret && !bad.no_mmp)
		ret = write_in(dir, FW_MMP_NAME, &bad.mmp);
	fwpair_free(&bad);
	return ret;
}

static int damage_all(const struct options *opt, const struct fwpair *good,
		      gcry_sexp_t stranger)
{
	unsigned int i, done = 0;
	char path[4096];
	FILE *manifest;
	int ret;

	ret = path_join(path, sizeof(path), opt->out, "manifest");
	if (ret)
		return ret;
	manifest = fopen(path, "w");
	if (!manifest) {
		perror(path);
		return -EIO;
	}
	for (i = 0; i < fwdamage_count && !ret; i++) {
		if (!selected(opt, &fwdamage_table[i]))
			continue;
		ret = damage_one(opt, &fwdamage_table[i], good, stranger);
		manifest_line(manifest, &fwdamage_table[i]);
		done++;
	}
	if (fclose(manifest))
		ret = ret ? ret : -EIO;
	if (!ret && !done) {
		fprintf(stderr, "%s: no such defect; see mkfw damage --list\n", opt->only);
		ret = -ENOENT;
	}
	return ret;
}

static int cmd_damage(const struct options *opt)
{
	struct fwpair good = { 0 };
	gcry_sexp_t stranger;
	unsigned int i;
	int ret;

	if (opt->list) {
		for (i = 0; i < fwdamage_count; i++)
			manifest_line(stdout, &fwdamage_table[i]);
		return 0;
	}
	ret = make_dir(opt->out);
	if (!ret)
		ret = read_in(opt->from, FW_MAIN_NAME, &good.main);
	if (!ret)
		ret = read_in(opt->from, FW_MMP_NAME, &good.mmp);
	stranger = ret ? NULL : fwkey_load_or_make(opt->key);
	if (stranger)
		ret = damage_all(opt, &good, stranger);
	else if (!ret)
		ret = -EIO;
	gcry_sexp_release(stranger);
	fwpair_free(&good);
	return ret;
}

/* Sizes are words in the header that gets signed, so only multiples of 4. */
static int parse_size(const char *text, size_t max, size_t *size)
{
	char *end;
	unsigned long val;

	errno = 0;
	val = strtoul(text, &end, 0);
	if (errno || end == text || *end || val > max || val & 3) {
		fprintf(stderr, "%s: not a multiple of 4 up to %zu\n", text, max);
		return -EINVAL;
	}
	*size = val;
	return 0;
}

static int parse_options(int argc, char **argv, struct options *opt)
{
	static const struct option names[] = {
		{ "out", required_argument, NULL, 'o' },
		{ "from", required_argument, NULL, 'f' },
		{ "key", required_argument, NULL, 'k' },
		{ "objects", required_argument, NULL, 'j' },
		{ "only", required_argument, NULL, 'n' },
		{ "insts", required_argument, NULL, 'i' },
		{ "mmp", required_argument, NULL, 'm' },
		{ "boot", no_argument, NULL, 'b' },
		{ "list", no_argument, NULL, 'l' },
		{ 0 },
	};
	int c, ret = 0;

	while (!ret && (c = getopt_long(argc, argv, "", names, NULL)) != -1) {
		switch (c) {
		case 'o':
			opt->out = optarg;
			break;
		case 'f':
			opt->from = optarg;
			break;
		case 'k':
			opt->key = optarg;
			break;
		case 'j':
			opt->objects = optarg;
			break;
		case 'n':
			opt->only = optarg;
			break;
		case 'i':
			ret = parse_size(optarg, AE_INSTS_MAX, &opt->insts);
			break;
		case 'm':
			ret = parse_size(optarg, MMP_PAYLOAD_MAX, &opt->mmp);
			break;
		case 'b':
			opt->boot = true;
			break;
		case 'l':
			opt->list = true;
			break;
		default:
			ret = -EINVAL;
		}
	}
	return ret;
}

static int run(int argc, char **argv)
{
	struct options opt = {
		.objects = DEFAULT_OBJECTS,
		.insts = DEFAULT_INSTS,
		.mmp = DEFAULT_MMP,
	};
	const char *cmd = argc > 1 ? argv[1] : "";

	if (!strcmp(cmd, "--help")) {
		usage(stdout);
		return 0;
	}
	if (argc > 1 && !parse_options(argc - 1, argv + 1, &opt)) {
		if (!strcmp(cmd, "build") && opt.out && opt.key)
			return cmd_build(&opt);
		if (!strcmp(cmd, "dump") && argc == 3)
			return cmd_dump(argv[2]);
		if (!strcmp(cmd, "repack") && argc == 4)
			return cmd_repack(argv[2], argv[3]);
		if (!strcmp(cmd, "damage") &&
		    (opt.list || (opt.out && opt.from && opt.key)))
			return cmd_damage(&opt);
	}
	usage(stderr);
	return -EINVAL;
}

int main(int argc, char **argv)
{
	if (fwkey_init())
		return 1;
	return run(argc, argv) ? 1 : 0;
}
