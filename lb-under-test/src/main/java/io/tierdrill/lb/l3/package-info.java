/**
 * The L3 tier: ECMP, as flows. {@link io.tierdrill.lb.l3.L3Forwarder} is the door and says what the emulation cannot do.
 */
package io.tierdrill.lb.l3;
