package io.tierdrill.load.dns;

import io.tierdrill.load.identity.ClientAddress;
import io.tierdrill.load.loop.IoLoop;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.TextParseException;

/**
 * The resolvers of a population of users. Each user has one, by their name and the resolvers' weights; each resolver
 * asks the DNS tier by itself and serves its users from its cache. So the DNS tier balances what it really balances: a
 * few resolvers of very different weight, each of which holds on to an answer for all of its users.
 *
 * <p>Belongs to the thread of its loop.
 */
public final class ResolverPopulation implements Addresses {
    private final boolean clientSubnet;
    private final double[] cumulative;
    private final List<CachingResolver> resolvers = new ArrayList<>();
    /** Those with a question out, and some that had one. */
    private final Set<CachingResolver> asking = new LinkedHashSet<>();
    /** Who has which resolver is a fact of the population and not of a run: no seed changes it. */
    private final Seeds homes = new Seeds(0);

    /**
     * @param server the DNS tier
     * @param name absolute, with or without the last dot
     * @throws TextParseException where the name is not one
     */
    public ResolverPopulation(
            IoLoop loop, InetSocketAddress server, String name, ResolversConfig config, NanoClock clock)
            throws TextParseException {
        clientSubnet = config.clientSubnet();
        cumulative = new double[config.weights().size()];
        double sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            cumulative[i] = sum += config.weights().get(i);
            int firstId = (int) (homes.keyed("resolver " + i) & 0xffff);
            resolvers.add(new CachingResolver(loop, server, name, firstId, config, clock));
        }
    }

    /** Which resolver the user has, from 0. */
    int home(String client) {
        double place = Seeds.share(homes.keyed(client), 0) * cumulative[cumulative.length - 1];
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] > place) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private Optional<Subnet> subnet(String client) {
        return clientSubnet ? ClientAddress.recorded(client).map(Subnet::of) : Optional.empty();
    }

    @Override
    public Optional<InetAddress> next(String clientKey) {
        return resolvers.get(home(clientKey)).next(subnet(clientKey));
    }

    @Override
    public void ask(String clientKey, Waiter waiter) {
        ask(resolvers.get(home(clientKey)), subnet(clientKey), waiter);
    }

    /** For nobody in particular: of the first resolver. */
    @Override
    public Optional<InetAddress> next() {
        return resolvers.get(0).next(Optional.empty());
    }

    @Override
    public void ask(Waiter waiter) {
        ask(resolvers.get(0), Optional.empty(), waiter);
    }

    private void ask(CachingResolver resolver, Optional<Subnet> subnet, Waiter waiter) {
        resolver.ask(subnet, waiter);
        if (resolver.asks()) asking.add(resolver);
    }

    @Override
    public void expire(long nowNanos) {
        if (asking.isEmpty()) return;
        asking.removeIf(resolver -> !resolver.asks());
        for (CachingResolver resolver : List.copyOf(asking)) resolver.expire(nowNanos);
    }

    @Override
    public long nextDeadlineNanos() {
        long next = Long.MAX_VALUE;
        for (CachingResolver resolver : asking) next = Math.min(next, resolver.nextDeadlineNanos());
        return next;
    }

    @Override
    public Optional<ResolverCounts> counts() {
        return resolvers.stream().map(CachingResolver::counts).reduce(ResolverCounts::plus);
    }

    @Override
    public void close() {
        resolvers.forEach(CachingResolver::close);
    }
}
