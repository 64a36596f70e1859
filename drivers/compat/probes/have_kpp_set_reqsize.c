// SPDX-License-Identifier: GPL-2.0
/* kpp_set_reqsize(): since 5.18 (908d383be88a); before, a member of the algorithm. */
#include <crypto/internal/kpp.h>

void probe(struct crypto_kpp *tfm);

void probe(struct crypto_kpp *tfm)
{
	kpp_set_reqsize(tfm, 0);
}
