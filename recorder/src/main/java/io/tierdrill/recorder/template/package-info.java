/**
 * Logs whose form is told by a format string: nginx's {@code log_format}, Apache's {@code LogFormat}, Envoy's. A string
 * is read by its dialect ({@code NginxDialect}, {@code ApacheDialect}, {@code EnvoyDialect}) into a {@code Template} of
 * fixed text and fields, and {@code TemplateLine} finds the fields of each line between the fixed texts.
 * {@link io.tierdrill.recorder.template.TemplateFormat} is the door.
 */
package io.tierdrill.recorder.template;
