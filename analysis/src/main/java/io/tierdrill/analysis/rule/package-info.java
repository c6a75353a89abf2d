/**
 * The questions, in the order they are asked:
 *
 * <ol>
 *   <li>{@link io.tierdrill.analysis.rule.ValidityRule}: can the measurement be trusted at all? With it {@link
 *       io.tierdrill.analysis.rule.SteadyRule}, {@link io.tierdrill.analysis.rule.LittleRule} and {@link
 *       io.tierdrill.analysis.rule.HoleRule}, which only remark.
 *   <li>{@link io.tierdrill.analysis.rule.SloRule}: was each promise kept?
 *   <li>{@link io.tierdrill.analysis.rule.SaturationRule}: was anything at a limit? If not, no tier is blamed.
 *   <li>{@link io.tierdrill.analysis.rule.CrashRule}: did a process die first?
 *   <li>{@link io.tierdrill.analysis.rule.BlackholeRule}: does one instance take nothing of what it is sent?
 *   <li>{@link io.tierdrill.analysis.rule.MembershipRule}: were connections torn by a change of who takes part?
 *   <li>{@link io.tierdrill.analysis.rule.HealthRule}: are health checks the trouble?
 *   <li>{@link io.tierdrill.analysis.rule.RetryRule}: does a tier make its own load?
 *   <li>{@link io.tierdrill.analysis.rule.MachineTableRule}: is a table of the kernel full?
 *   <li>{@link io.tierdrill.analysis.rule.HostCpuRule}: did everybody wait for the same processors?
 *   <li>{@link io.tierdrill.analysis.rule.NetworkRule}: are segments lost on the way?
 *   <li>{@link io.tierdrill.analysis.rule.SlowClientRule}: do clients not read?
 *   <li>{@link io.tierdrill.analysis.rule.BackPressureRule}: which full resource waits for no other full one?
 *   <li>{@link io.tierdrill.analysis.rule.Behind}: why is that one full? {@link
 *       io.tierdrill.analysis.rule.CollectorRule}, {@link io.tierdrill.analysis.rule.BlockedLoopRule}, {@link
 *       io.tierdrill.analysis.rule.ImbalanceRule}, {@link io.tierdrill.analysis.rule.HandshakeRule}, {@link
 *       io.tierdrill.analysis.rule.ChurnRule}.
 *   <li>{@link io.tierdrill.analysis.rule.SerialSection}: nothing is full; does something let no more through,
 *       whatever is inside?
 *   <li>{@link io.tierdrill.analysis.rule.DnsFallbackRule}: are names asked for twice?
 *   <li>{@link io.tierdrill.analysis.rule.ErrorRule}: nothing is full; who fails?
 *   <li>{@link io.tierdrill.analysis.rule.DelayedAckRule}: nobody fails; do small writes wait for an
 *       acknowledgement?
 *   <li>{@link io.tierdrill.analysis.rule.LatencyRule}: where does the time go?
 *   <li>{@link io.tierdrill.analysis.rule.NearlyFullRule}: nobody knows; who hardly ever rests? A suspicion, no
 *       more.
 * </ol>
 *
 * {@link io.tierdrill.analysis.rule.Attribution} asks those that name a culprit; all work on
 * {@link io.tierdrill.analysis.rule.Facts}, which is computed once.
 */
package io.tierdrill.analysis.rule;
