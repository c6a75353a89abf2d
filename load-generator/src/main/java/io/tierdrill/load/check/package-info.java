/**
 * Answers are checked: against what was recorded, by rules, or against an earlier run.
 * {@link io.tierdrill.load.check.CheckConfig} holds the settings.
 *
 * <pre>
 *   request ─> Expectations ─> two longs ─> sender ─> answer ─> CheckTally (one for each loop) ─> Checks
 *              ahead of time    ride along                 └──> AnswerCheck, where heads or bodies count
 * </pre>
 *
 * Status and length are held against two numbers that were prepared, without making anything. Headers, bodies and
 * baselines need a sender that tells of them: {@link io.tierdrill.load.check.CheckConfig#needsBodies}.
 */
package io.tierdrill.load.check;
