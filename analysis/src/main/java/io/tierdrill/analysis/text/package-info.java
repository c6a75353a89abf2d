/** Numbers as people read them: {@link io.tierdrill.analysis.text.Figures} is the one place that decides. */
package io.tierdrill.analysis.text;
