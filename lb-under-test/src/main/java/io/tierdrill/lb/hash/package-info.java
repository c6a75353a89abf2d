/** Hashes that spread flows: {@link io.tierdrill.lb.hash.Maglev} and {@link io.tierdrill.lb.hash.Ecmp}. Pure. */
package io.tierdrill.lb.hash;
