/** Chance, handed in: ask {@link io.tierdrill.model.seed.Seeds} for a named stream. */
package io.tierdrill.model.seed;
