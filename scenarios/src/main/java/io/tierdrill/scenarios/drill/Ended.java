package io.tierdrill.scenarios.drill;

import io.tierdrill.analysis.text.Figures;
import io.tierdrill.scenarios.drill.DrillReport.Ending;
import java.util.List;

/** What a course of requests means, and in words. Pure. */
record Ended(Ending ending, String sentence) {
    /** Answers that come by chance, from a connection that went around it. */
    private static final double NOTHING = 0.01;

    /**
     * The same of a run that was not measured well. That nothing at all was answered for as long as one was away is no
     * fault of a late injector; everything else may be.
     */
    static Ended of(Course course, List<String> doubts) {
        Ended told = of(course);
        return doubts.isEmpty() || told.ending() == Ending.SINGLE_POINT
                ? told
                : new Ended(Ending.UNKNOWN, "not to be trusted: " + String.join("; ", doubts));
    }

    static Ended of(Course course) {
        double lost = 1 - course.answered().orElse(1.0);
        String failed = Figures.count(course.failed()) + " of " + Figures.count(course.requests()) + " requests failed";
        if (lost >= 1 - NOTHING)
            return new Ended(Ending.SINGLE_POINT, "nothing was answered until it came back; " + failed);
        if (course.letDown() > 0 && course.eject().isEmpty())
            return new Ended(
                    Ending.NOT_EJECTED, Figures.percent(lost) + " went unanswered until it came back; " + failed);
        if (course.recover().isEmpty())
            return new Ended(Ending.NOT_RECOVERED, failed + "; latency was not as before at the end of the run");
        if (course.failed() == 0)
            return new Ended(Ending.BORNE, slower(course) ? "nobody failed, some waited" : "nobody noticed");
        return new Ended(Ending.BORNE, failed);
    }

    private static boolean slower(Course course) {
        return course.recover().orElse(0.0) > 0;
    }
}
