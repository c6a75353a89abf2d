/**
 * The access logs of Apache and nginx as they come out of the box: common, combined, and combined with the virtual host
 * in front. {@link io.tierdrill.recorder.accesslog.ClfFormat} is the door. Most logs are of these, so
 * {@code ClfLine} reads a line where it lies, without allocating.
 */
package io.tierdrill.recorder.accesslog;
