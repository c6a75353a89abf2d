/**
 * From what was seen to what it means: a run folder in, a verdict, its first screen and its reports out.
 *
 * <p>{@link io.tierdrill.analysis.Analysis} is the door: it reads a {@link io.tierdrill.model.run.RunFolder} and answers
 * with a {@link io.tierdrill.analysis.Verdict}. It is pure: the same folder gives the same verdict, byte for byte.
 *
 * <p>Reading order: {@code observed} arranges the samples, {@code stage} splits latency, {@code rule} asks the questions
 * one after the other, {@code finding} holds the answers, {@code page} draws them. Arrows between these packages point
 * down that list and never back.
 */
package io.tierdrill.analysis;
