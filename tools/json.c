// SPDX-License-Identifier: GPL-2.0
/*
 * A writer of JSON to standard output: two blanks for each level, commas where they
 * belong.
 */
#include "qatvfctl.h"

#define DEPTH_MAX	16

bool json;

static unsigned int depth;
static bool first[DEPTH_MAX] = { true };

static void quoted(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		unsigned char c = *text;

		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void item(const char *key)
{
	if (!first[depth])
		putchar(',');
	if (depth)
		printf("\n%*s", 2 * (int)depth, "");
	first[depth] = false;
	if (key) {
		quoted(key);
		printf(": ");
	}
}

/**
 * json_begin() - object or array
 * @key: name in an object, NULL in an array or at the top
 * @bracket: '{' or '['
 */
void json_begin(const char *key, char bracket)
{
	item(key);
	putchar(bracket);
	if (depth < DEPTH_MAX - 1)
		depth++;
	first[depth] = true;
}

/**
 * json_end() - end of the innermost object or array
 * @bracket: '}' or ']'
 */
void json_end(char bracket)
{
	bool empty = first[depth];

	if (depth)
		depth--;
	if (!empty)
		printf("\n%*s", 2 * (int)depth, "");
	putchar(bracket);
	if (!depth) {
		putchar('\n');
		first[0] = true;
	}
}

/**
 * json_string() - a string
 * @key: name, or NULL
 * @value: text, any bytes
 */
void json_string(const char *key, const char *value)
{
	item(key);
	quoted(value);
}

/**
 * json_number() - a number
 * @key: name, or NULL
 * @value: number
 */
void json_number(const char *key, long value)
{
	item(key);
	printf("%ld", value);
}

/**
 * json_bool() - true or false
 * @key: name, or NULL
 * @value: which
 */
void json_bool(const char *key, bool value)
{
	item(key);
	printf("%s", value ? "true" : "false");
}
