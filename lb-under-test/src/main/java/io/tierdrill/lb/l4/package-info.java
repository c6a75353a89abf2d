/** The L4 tier: Maglev over a TCP splice. {@link io.tierdrill.lb.l4.L4Balancer} is the door. */
package io.tierdrill.lb.l4;
