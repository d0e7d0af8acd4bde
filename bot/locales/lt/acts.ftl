# Ką konsultantai daro su kreipiniais: skuba, žymos, sujungimas, atskyrimas, siejimas, sekimas.

## Skuba

telegram-priority-high = ❗ skubus
telegram-priority-low = neskubus
