package io.tierdrill.cli.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/** No name that would fit anything. */
final class ClearNames extends ArchCondition<JavaClass> {
    private static final Set<String> VAGUE_PACKAGES =
            Set.of("util", "utils", "manager", "managers", "impl", "common", "helper", "helpers", "misc");
    private static final Pattern VAGUE_CLASS = Pattern.compile(".*(Manager|Impl|Utils?|Helpers?)");

    ClearNames() {
        super("have names that say what they are");
    }

    @Override
    public void check(JavaClass javaClass, ConditionEvents events) {
        boolean vaguePackage =
                Arrays.stream(javaClass.getPackageName().split("\\.")).anyMatch(VAGUE_PACKAGES::contains);
        if (vaguePackage || VAGUE_CLASS.matcher(javaClass.getSimpleName()).matches())
            events.add(SimpleConditionEvent.violated(javaClass, javaClass.getName() + " could be called anything"));
    }
}
