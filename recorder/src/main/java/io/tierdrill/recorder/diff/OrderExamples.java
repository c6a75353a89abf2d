package io.tierdrill.recorder.diff;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.diff.DiffReport.OrderExample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the traces again for the few users that serve as examples. */
final class OrderExamples {
    /** What is longer in common is told as this long. */
    private static final int MOST_STEPS = 100_000;

    private OrderExamples() {}

    static Map<String, List<String>> steps(Iterator<RequestRecord> trace, Set<String> users) {
        Map<String, List<String>> steps = new HashMap<>();
        for (String user : users) steps.put(user, new ArrayList<>());
        while (trace.hasNext()) {
            RequestRecord request = trace.next();
            List<String> list = steps.get(Profile.userOf(request));
            if (list != null && list.size() < MOST_STEPS) list.add(Profile.step(request));
        }
        return steps;
    }

    static List<OrderExample> of(Set<String> users, Map<String, List<String>> a, Map<String, List<String>> b) {
        List<OrderExample> examples = new ArrayList<>();
        for (String user : users) {
            List<String> one = a.get(user);
            List<String> other = b.get(user);
            int common = 0;
            while (common < Math.min(one.size(), other.size())
                    && one.get(common).equals(other.get(common))) common++;
            examples.add(new OrderExample(user, common, step(one, common), step(other, common)));
        }
        return examples;
    }

    private static String step(List<String> steps, int index) {
        return index < steps.size() ? steps.get(index) : "";
    }
}
