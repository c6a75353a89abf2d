package io.tierdrill.profiler.flame;

import io.tierdrill.profiler.stacks.Difference;
import io.tierdrill.profiler.stacks.FoldedStacks;
import io.tierdrill.profiler.stacks.Profile;
import io.tierdrill.profiler.stacks.Unit;
import java.util.List;

/**
 * The picture: a box for each place in the tree of calls, the outermost on top. Of one profile a box is as wide as its
 * samples. Of two it is as wide as the larger of both, frame by frame, so that what vanished is still to be seen.
 */
final class Graph {
    /** Narrower boxes are a third of a pixel on a wide screen. */
    private static final double NARROWEST = 1 / 3000.0;

    private static final double SLIGHT = 0.005;
    private static final double CLEAR = 0.02;
    private static final double STRONG = 0.08;

    private final Profile after;
    private final Difference difference;
    private final boolean two;
    private final Unit unit;
    private final double whole;
    private final StringBuilder html = new StringBuilder(1 << 16);
    private int boxes;
    private int leftOut;
    private int deepest;

    private Graph(Profile before, Profile after, boolean two, FlameTree tree) {
        this.after = after;
        this.difference = new Difference(before, after);
        this.two = two;
        this.unit = two ? difference.unit() : Unit.of(List.of(after));
        this.whole = width(tree);
        if (whole > 0) box(tree, -1, 0, whole, 0);
    }

    static Graph of(Profile profile) {
        Profile nothing =
                new Profile("", FoldedStacks.none(), profile.sampling(), profile.answers(), profile.cpuSeconds(), 0);
        return new Graph(nothing, profile, false, FlameTree.of(nothing.stacks(), profile.stacks()));
    }

    static Graph of(Difference two) {
        return new Graph(
                two.before(),
                two.after(),
                true,
                FlameTree.of(two.before().stacks(), two.after().stacks()));
    }

    /** The boxes, and how many were too narrow to draw. */
    String html() {
        return html.toString();
    }

    int leftOut() {
        return leftOut;
    }

    /** Rows of boxes. */
    int rows() {
        return boxes == 0 ? 0 : deepest + 1;
    }

    /** In the unit, children and all. */
    private double width(FlameTree node) {
        double own = two
                ? Math.max(unit.of(difference.before(), node.selfBefore()), unit.of(after, node.selfAfter()))
                : node.selfAfter();
        return own + node.children().stream().mapToDouble(this::width).sum();
    }

    private void box(FlameTree node, int parent, double x, double width, int depth) {
        int number = boxes++;
        deepest = Math.max(deepest, depth);
        FrameName name = new FrameName(node.frame());
        Difference.Change change = two ? difference.change(node.frame(), node.before(), node.after()) : null;
        html.append("<div class=\"f ")
                .append(two ? tone(change) : name.family())
                .append("\" role=\"treeitem\" tabindex=\"")
                .append(number == 0 ? 0 : -1)
                .append("\" aria-level=\"")
                .append(depth + 1)
                .append("\" data-p=\"")
                .append(parent)
                .append("\" style=\"--x:")
                .append(Html.place(x / whole))
                .append(";--w:")
                .append(Html.place(width / whole))
                .append(";--d:")
                .append(depth)
                .append("\" title=\"")
                .append(Html.escaped(node.frame() + ": " + (two ? told(change) : told(node.after()))))
                .append("\">")
                .append(Html.escaped(two ? lead(change) + name.brief() : name.brief()))
                .append("</div>\n");
        children(node, number, x, depth);
    }

    private void children(FlameTree node, int number, double x, int depth) {
        double at = x;
        for (FlameTree child : node.children()) {
            double width = width(child);
            if (width / whole >= NARROWEST) box(child, number, at, width, depth + 1);
            else leftOut++;
            at += width;
        }
    }

    private String told(long samples) {
        String share = Html.percent(samples / (double) after.samples());
        String count = samples + (samples == 1 ? " sample, " : " samples, ") + share;
        return unit == Unit.PERCENT ? count : count + ", " + Html.number(unit.of(after, samples)) + " " + unit.words();
    }

    private String told(Difference.Change c) {
        return Html.number(c.perBefore()) + " → " + Html.number(c.perAfter()) + " " + unit.words() + " ("
                + Html.signed(c.grown()) + "; " + c.before() + " and " + c.after() + " samples"
                + (c.beyondChance() ? ")" : ", may be chance)");
    }

    /** The number stands before the name, so that colour is not alone in saying it. */
    private String lead(Difference.Change c) {
        return tone(c).equals("same") ? "" : Html.signed(c.grown()) + " ";
    }

    /** By what it changed of the whole. */
    private String tone(Difference.Change c) {
        double largest =
                Math.max(difference.whole().perBefore(), difference.whole().perAfter());
        double part = c.grown() / largest;
        double size = Math.abs(part);
        if (size < SLIGHT || !c.beyondChance()) return "same";
        String strength = size < CLEAR ? "1" : size < STRONG ? "2" : "3";
        return (part > 0 ? "grew" : "shrank") + strength;
    }
}
