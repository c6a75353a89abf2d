package io.tierdrill.cli.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.Buffer;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/**
 * What the class file shows of state shared by everybody: static fields that can be set again, that hold a type made to
 * change, or that hand an array to others; and containers for many threads filled by a static initialiser, whatever the
 * field is declared as. A {@code List} that hides an {@code ArrayList} is beyond it.
 */
final class NoStaticMutableState extends ArchCondition<JavaClass> {
    private static final List<Class<?>> MADE_TO_CHANGE = List.of(
            AbstractCollection.class,
            AbstractMap.class,
            ConcurrentMap.class,
            StringBuilder.class,
            StringBuffer.class,
            ThreadLocal.class,
            Date.class,
            Calendar.class,
            Buffer.class);

    NoStaticMutableState() {
        super("keep no static mutable state");
    }

    @Override
    public void check(JavaClass owner, ConditionEvents events) {
        owner.getFields().stream()
                .filter(f -> f.getModifiers().contains(JavaModifier.STATIC))
                .filter(f -> !f.getModifiers().contains(JavaModifier.SYNTHETIC))
                .forEach(field -> check(owner, field, events));
        owner.getStaticInitializer()
                .ifPresent(start -> start.getConstructorCallsFromSelf().stream()
                        .filter(NoStaticMutableState::makesSharedContainer)
                        .forEach(call -> events.add(SimpleConditionEvent.violated(owner, call.getDescription()))));
    }

    private static void check(JavaClass owner, JavaField field, ConditionEvents events) {
        if (!field.getModifiers().contains(JavaModifier.FINAL)) report(owner, field, "is not final", events);
        if (field.getRawType().isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE))
            report(owner, field, "is an array that others can write to", events);
        if (isMadeToChange(field.getRawType()))
            report(owner, field, "is a " + field.getRawType().getSimpleName() + ", which is made to change", events);
    }

    private static void report(JavaClass owner, JavaField field, String what, ConditionEvents events) {
        events.add(SimpleConditionEvent.violated(owner, field.getFullName() + " " + what));
    }

    private static boolean isMadeToChange(JavaClass type) {
        return isAtomic(type) || MADE_TO_CHANGE.stream().anyMatch(type::isAssignableTo);
    }

    /** Field updaters hold no value of their own. */
    private static boolean isAtomic(JavaClass type) {
        return type.getPackageName().equals("java.util.concurrent.atomic")
                && !type.getSimpleName().endsWith("FieldUpdater");
    }

    private static boolean makesSharedContainer(JavaConstructorCall call) {
        JavaClass type = call.getTargetOwner();
        boolean container = type.isAssignableTo(AbstractCollection.class) || type.isAssignableTo(AbstractMap.class);
        return isAtomic(type) || container && type.getPackageName().startsWith("java.util.concurrent");
    }
}
