package io.tierdrill.analysis.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How often verdicts were right. Whatever does not count is listed, never dropped in silence.
 *
 * @param runs all of them
 * @param unbitten the cells whose plant did not bite or that could not be run, with the reason; they are counted nowhere
 *     else
 * @param tier planted runs whose tier was named
 * @param tierAndClass planted runs whose tier and class were named
 * @param abstained planted runs in which nobody was named; they count as wrong above
 * @param falseAlarms healthy runs in which somebody was named
 * @param healthyInvalid healthy runs whose measurement was called spoiled; no alarm, and no all-clear
 * @param generatorBlamedOnStack runs limited by the generator in which a tier was named
 * @param generatorNamed runs limited by the generator that were called spoiled
 * @param doubles runs with two plants in which one of the two tiers was named
 * @param tiers what was said by what tier was planted
 * @param classes what was said by what class was planted
 * @param naive of planted runs, by rule: whose tier was named
 * @param wrong one line for each answer that was wrong
 */
public record Score(
        long runs,
        List<String> unbitten,
        Share tier,
        Share tierAndClass,
        Share abstained,
        Share falseAlarms,
        long healthyInvalid,
        Share generatorBlamedOnStack,
        Share generatorNamed,
        Share doubles,
        Confusion tiers,
        Confusion classes,
        Map<String, Share> naive,
        List<String> wrong) {
    private static final double TIER = 0.95;
    private static final double TIER_AND_CLASS = 0.85;

    /** Of the runs of one half, or of all. */
    public static Score of(List<ScoredRun> all) {
        List<ScoredRun> planted = counted(all, Group.PLANTED);
        List<ScoredRun> healthy = counted(all, Group.HEALTHY);
        List<ScoredRun> generator = counted(all, Group.GENERATOR);
        return new Score(
                all.size(),
                all.stream()
                        .filter(r -> !r.bites())
                        .map(r -> r.cell() + ": " + r.why())
                        .toList(),
                Share.of(planted, ScoredRun::tierHit),
                Share.of(planted, ScoredRun::classHit),
                Share.of(planted, r -> r.said().isEmpty()),
                Share.of(healthy, r -> r.said().isPresent()),
                healthy.stream().filter(r -> r.culprit().isPresent()).count(),
                Share.of(generator, r -> r.said().isPresent()),
                Share.of(generator, r -> r.culprit().isPresent()),
                Share.of(counted(all, Group.DOUBLE), ScoredRun::tierHit),
                Confusion.of(planted, Truth::tier, Said::tier),
                Confusion.of(planted, Truth::kind, Said::kind),
                naive(planted),
                all.stream()
                        .filter(ScoredRun::bites)
                        .filter(isWrong())
                        .map(Score::line)
                        .toList());
    }

    /** Whether the tier was named in 95 % of planted runs, the class as well in 85 %, and nobody without a reason. */
    public boolean onTarget() {
        return tier.ratio() >= TIER
                && tierAndClass.ratio() >= TIER_AND_CLASS
                && falseAlarms.hits() == 0
                && generatorBlamedOnStack.hits() == 0;
    }

    private static List<ScoredRun> counted(List<ScoredRun> all, Group group) {
        return all.stream().filter(r -> r.group() == group && r.bites()).toList();
    }

    private static Map<String, Share> naive(List<ScoredRun> planted) {
        Map<String, Share> shares = new LinkedHashMap<>();
        for (NaiveRule rule : NaiveRule.values())
            shares.put(rule.word(), Share.of(planted, r -> r.naiveHit(rule.word())));
        return shares;
    }

    private static Predicate<ScoredRun> isWrong() {
        return r -> r.group().hasCulprit() ? !r.classHit() : r.said().isPresent();
    }

    private static String line(ScoredRun run) {
        String truth = run.truths().isEmpty()
                ? (run.group() == Group.HEALTHY ? "nothing is wrong" : "the generator")
                : run.truths().stream()
                        .map(t -> t.tier() + " " + t.kind())
                        .reduce((a, b) -> a + " or " + b)
                        .get();
        String said = run.said()
                .map(s -> s.tier() + " " + s.kind() + ", " + s.confidence().word())
                .orElse("nobody, " + run.status().word());
        return run.cell() + ": " + truth + "; said " + said;
    }
}
