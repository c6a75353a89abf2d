/**
 * Moving bytes: one event loop thread per instance ({@link io.tierdrill.lb.net.Transport}), timeouts that cost nothing
 * while they do not fire, the splice of two connections, and the PROXY protocol. Used by every data plane; knows none.
 */
package io.tierdrill.lb.net;
