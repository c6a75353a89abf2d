/**
 * Passing a TCP connection on as a whole: what L3 and L4 do once they have chosen. The door is
 * {@link io.tierdrill.lb.splice.FlowForwarder}.
 */
package io.tierdrill.lb.splice;
