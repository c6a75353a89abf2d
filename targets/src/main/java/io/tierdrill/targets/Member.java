package io.tierdrill.targets;

import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import java.net.InetSocketAddress;

/**
 * One running process of the stack.
 *
 * @param traffic where it takes traffic
 * @param admin where it serves {@code /metrics}
 */
public record Member(InstanceId id, TierKind kind, long pid, InetSocketAddress traffic, InetSocketAddress admin) {}
