/**
 * An endpoint that proxies send copies of their requests to: nginx {@code mirror}, Envoy's request mirroring, GoReplay.
 * It answers at once and records. Begin with {@link io.tierdrill.recorder.mirror.MirrorEndpoint}; {@code
 * OriginalRequest} knows the headers that tell what a copy was a copy of.
 */
package io.tierdrill.recorder.mirror;
