/**
 * HAProxy's HTTP log ({@code option httplog}), as HAProxy writes it or with what a syslog daemon put in front.
 * {@link io.tierdrill.recorder.haproxy.HaproxyFormat} is the door, {@code HaproxyLine} reads a line.
 */
package io.tierdrill.recorder.haproxy;
