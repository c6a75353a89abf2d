/**
 * Requests on connections: {@link io.tierdrill.load.wire.HttpSender} is the door. It finds each request a connection of
 * its own client or opens one, and turns whatever happens into exactly one
 * {@link io.tierdrill.model.sample.RequestSample}.
 */
package io.tierdrill.load.wire;
