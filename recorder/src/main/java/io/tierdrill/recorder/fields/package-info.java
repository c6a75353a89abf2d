/**
 * What documents of other tools say of one request, read strictly: times, URLs, header lines, JSON members. Knows no
 * format; {@code recorder.har}, {@code gor}, {@code targets} and {@code csv} are built on it. Begin at
 * {@link io.tierdrill.recorder.fields.Arrival}, which is what each of them makes.
 */
package io.tierdrill.recorder.fields;
