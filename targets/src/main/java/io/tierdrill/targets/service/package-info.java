/**
 * The service tier: an HTTP server that costs, waits and answers as its settings say, so that a bottleneck can be put
 * where a rehearsal should find it. {@link io.tierdrill.targets.service.ServiceServer} is the door.
 *
 * <pre>
 *   head arrives .. body read .. [queue] .. slot: [spin on CPU] [delay] [write] .. last byte written
 *   |&lt;------------------------------------ residence -------------------------------------&gt;|
 * </pre>
 */
package io.tierdrill.targets.service;
