/**
 * What a rehearsal aims at: the bundled stack, every instance a process of its own, and the service tier at its end.
 *
 * <p>{@link io.tierdrill.targets.Stack} is the door: it starts what {@link io.tierdrill.targets.StackConfig} describes,
 * watches it and always stops it. {@link io.tierdrill.targets.InstanceMain} is what each process runs. Conversation
 * with a process is in {@code process}, the service itself in {@code service}; the balancers are a module of their own.
 *
 * <pre>
 *   StackConfig -&gt; StackPlan (who listens where) -&gt; Fleet (processes: ready, wired, watched) -&gt; FirstRequest -&gt; Stack
 * </pre>
 */
package io.tierdrill.targets;
