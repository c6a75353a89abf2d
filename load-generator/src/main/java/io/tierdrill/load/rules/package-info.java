/**
 * Requests are changed before they are sent. {@link io.tierdrill.load.rules.RulesConfig} holds the settings.
 *
 * <pre>
 *   schedule ─> Rewriter ─> [LoginGate] ─> sender ─> Sessions.outgoing ─> wire
 *               ahead of      a user's                tokens, cookies and          │
 *               time          first waits             taken values     <─ answer ──┘
 * </pre>
 *
 * What needs no answer is done by the {@link io.tierdrill.load.rules.Rewriter} on the thread that prepares, and costs
 * nothing when a request is sent. The rest is done by {@link io.tierdrill.load.rules.Sessions} on the sender's thread.
 */
package io.tierdrill.load.rules;
