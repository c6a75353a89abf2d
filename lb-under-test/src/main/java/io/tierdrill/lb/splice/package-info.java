/**
 * Passing a TCP connection on as a whole: what L3 and L4 do once they have chosen, and the L7 once a connection is no
 * longer HTTP. The door is {@link io.tierdrill.lb.splice.FlowForwarder}; for connections that exist already it is
 * {@link io.tierdrill.lb.splice.Splice}.
 */
package io.tierdrill.lb.splice;
