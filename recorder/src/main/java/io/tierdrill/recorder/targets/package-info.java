/**
 * From what other load tools read and write to requests: targets of vegeta (one JSON object a line, or its plain text),
 * lists of {@code {method, url, headers, body}}, and the points that {@code k6 run --out json} writes. Targets tell no
 * times; points do.
 */
package io.tierdrill.recorder.targets;
