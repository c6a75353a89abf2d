package io.tierdrill.scenarios.evaluate;

import io.tierdrill.analysis.score.Half;
import io.tierdrill.analysis.score.Score;
import io.tierdrill.analysis.score.ScoredRun;
import java.util.List;

/**
 * What an evaluation found.
 *
 * @param matrix its name
 * @param planned how many runs were asked for
 * @param tune of the half that rules may be tuned on
 * @param report of the half that says how good they are
 * @param notHere cells that this machine or this user cannot run, with the reason; they have no row
 * @param repeated runs made again because the machine was busy with other things
 * @param seconds it took, all sittings together
 * @param runs a row a cell, in the order of the matrix
 */
public record EvaluationReport(
        String matrix,
        int planned,
        Score all,
        Score tune,
        Score report,
        List<String> notHere,
        int repeated,
        double seconds,
        List<ScoredRun> runs) {
    public EvaluationReport {
        notHere = List.copyOf(notHere);
        runs = List.copyOf(runs);
    }

    static EvaluationReport of(String matrix, int planned, List<String> notHere, List<ScoredRun> runs) {
        return new EvaluationReport(
                matrix,
                planned,
                Score.of(runs),
                Score.of(half(runs, Half.TUNE)),
                Score.of(half(runs, Half.REPORT)),
                notHere,
                runs.stream().mapToInt(ScoredRun::repeated).sum(),
                runs.stream().mapToDouble(ScoredRun::seconds).sum(),
                runs);
    }

    private static List<ScoredRun> half(List<ScoredRun> runs, Half half) {
        return runs.stream().filter(r -> r.half() == half).toList();
    }

    /** How many runs there were; some cells may have a row that says why there was none. */
    public int made() {
        return (int) runs.stream().filter(ScoredRun::wasMade).count();
    }

    /** Whether all that was asked for was done. */
    public boolean complete() {
        return made() >= planned;
    }
}
