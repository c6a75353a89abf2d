package io.tierdrill.profiler.flame;

import io.tierdrill.profiler.stacks.FoldedStacks;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Stacks as a tree of calls, with the samples of two profiles in each place; of one, where there is no other. Children
 * stand in the order of the alphabet, so that the same call is found at the same place in every picture.
 */
final class FlameTree {
    private final String frame;
    private final SortedMap<String, FlameTree> children = new TreeMap<>();
    private long selfBefore;
    private long selfAfter;

    private FlameTree(String frame) {
        this.frame = frame;
    }

    static FlameTree of(FoldedStacks before, FoldedStacks after) {
        FlameTree root = new FlameTree("all");
        before.counts().forEach((stack, n) -> root.leaf(stack).selfBefore += n);
        after.counts().forEach((stack, n) -> root.leaf(stack).selfAfter += n);
        return root;
    }

    private FlameTree leaf(String stack) {
        FlameTree at = this;
        for (String name : stack.split(";")) at = at.children.computeIfAbsent(name, FlameTree::new);
        return at;
    }

    String frame() {
        return frame;
    }

    Collection<FlameTree> children() {
        return children.values();
    }

    long selfBefore() {
        return selfBefore;
    }

    long selfAfter() {
        return selfAfter;
    }

    long before() {
        return selfBefore
                + children.values().stream().mapToLong(FlameTree::before).sum();
    }

    long after() {
        return selfAfter
                + children.values().stream().mapToLong(FlameTree::after).sum();
    }
}
