/**
 * Logs whose lines are JSON objects: with a mapping of the user's, or one of the known ones in {@code KnownMappings}
 * (nginx, Caddy, Traefik, Envoy). {@link io.tierdrill.recorder.json.JsonFormat} is the door; {@code JsonLine} walks an
 * object where it lies and keeps what {@link io.tierdrill.recorder.json.Mapping} names.
 */
package io.tierdrill.recorder.json;
