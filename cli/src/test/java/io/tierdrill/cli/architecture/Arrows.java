package io.tierdrill.cli.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/** Which module may see which; siblings never see each other. A module is known by the word after the root package. */
final class Arrows extends ArchCondition<JavaClass> {
    private static final Map<String, Set<String>> MAY_SEE = Map.of(
            "model", Set.of(),
            "recorder", Set.of("model"),
            "load", Set.of("model"),
            "lb", Set.of("model"),
            "targets", Set.of("model", "lb", "recorder"),
            "profiler", Set.of("model"),
            "analysis", Set.of("model"),
            "scenarios", Set.of("model", "recorder", "load", "lb", "targets", "profiler", "analysis"),
            "cli", Set.of("model", "recorder", "load", "lb", "targets", "profiler", "analysis", "scenarios"));

    private final String root;

    Arrows(String root) {
        super("follow the arrows between the modules");
        this.root = root;
    }

    @Override
    public void check(JavaClass origin, ConditionEvents events) {
        String from = module(origin);
        if (!MAY_SEE.containsKey(from))
            events.add(SimpleConditionEvent.violated(origin, origin.getName() + " is in no module: '" + from + "'"));
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
            String to = module(dependency.getTargetClass());
            boolean inside = to.isEmpty() || to.equals(from);
            if (!inside && !MAY_SEE.getOrDefault(from, Set.of()).contains(to))
                events.add(SimpleConditionEvent.violated(
                        origin, from + " may not see " + to + ": " + dependency.getDescription()));
        }
    }

    /** The module's word, or nothing for classes that are not ours. */
    private String module(JavaClass javaClass) {
        String name = javaClass.getBaseComponentType().getPackageName() + ".";
        if (!name.startsWith(root + ".")) return "";
        String rest = name.substring(root.length() + 1);
        return rest.isEmpty() ? "(root)" : rest.substring(0, rest.indexOf('.'));
    }
}
