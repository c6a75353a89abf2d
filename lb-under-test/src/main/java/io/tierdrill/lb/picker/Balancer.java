package io.tierdrill.lb.picker;

import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.sample.Signal;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The control side: knows who is wired and who is well, and publishes the picker over those who are both. Addresses and
 * health change in one picture that is swapped whole; readers take no lock and never see a set that never existed.
 *
 * <p>A new upstream counts as well until a check says otherwise. When nobody is well, everybody is tried: a balancer
 * that sends nothing anywhere turns a failing check into an outage.
 */
public final class Balancer {
    private final Policy policy;
    private volatile Picture picture;
    private Optional<TierTelemetry> telemetry = Optional.empty();

    public Balancer(Policy policy) {
        this.policy = policy;
        this.picture = new Picture(List.of(), Set.of(), policy.over(List.of()));
    }

    /** From now on tells there who is wired, who is well and who gets how much. */
    public synchronized void tell(TierTelemetry to) {
        telemetry = Optional.of(to);
        to.signal(Signal.WIRED, () -> picture.upstreams.size());
        to.signal(Signal.WELL, () -> picture.upstreams.size() - picture.ill.size());
        picture.upstreams.forEach(upstream -> upstream.tell(to));
    }

    /** Who gets the next one, as of now. Read it once per choice. */
    public Picker picker() {
        return picture.picker;
    }

    /** All that are wired, well or not. */
    public List<Upstream> upstreams() {
        return picture.upstreams;
    }

    /** Replaces the set. Those that stay keep their counts and their health; an address given twice counts once. */
    public synchronized void wire(List<InetSocketAddress> addresses) {
        Map<InetSocketAddress, Upstream> known =
                picture.upstreams.stream().collect(Collectors.toMap(Upstream::address, Function.identity()));
        List<Upstream> upstreams = addresses.stream()
                .distinct()
                .map(a -> known.getOrDefault(a, new Upstream(a)))
                .toList();
        Set<Upstream> ill = new HashSet<>(picture.ill);
        ill.retainAll(upstreams);
        publish(upstreams, ill);
        telemetry.ifPresent(to -> upstreams.forEach(upstream -> upstream.tell(to)));
    }

    /** A check changed its mind about one. Ignored for one that is no longer wired. */
    public synchronized void mark(Upstream upstream, boolean well) {
        if (!picture.upstreams.contains(upstream)) return;
        Set<Upstream> ill = new HashSet<>(picture.ill);
        if (!(well ? ill.remove(upstream) : ill.add(upstream))) return;
        upstream.changed();
        publish(picture.upstreams, ill);
    }

    private void publish(List<Upstream> upstreams, Set<Upstream> ill) {
        List<Upstream> well = upstreams.stream().filter(u -> !ill.contains(u)).toList();
        picture = new Picture(upstreams, Set.copyOf(ill), policy.over(well.isEmpty() ? upstreams : well));
    }

    private record Picture(List<Upstream> upstreams, Set<Upstream> ill, Picker picker) {}
}
