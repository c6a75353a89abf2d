package io.tierdrill.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules that a class file can break, for a house below one root package.
 *
 * @param root {@code io.tierdrill}, or the root of a house built to be caught
 */
record HouseRules(String root) {
    /** Anything by which code can ask the system for the time, or spend it. */
    private static final Map<String, Set<String>> CLOCKS = Map.ofEntries(
            Map.entry("java.lang.System", Set.of("nanoTime", "currentTimeMillis")),
            Map.entry("java.lang.Thread", Set.of("sleep")),
            Map.entry("java.util.concurrent.TimeUnit", Set.of("sleep")),
            Map.entry("java.time.Instant", Set.of("now")),
            Map.entry("java.time.LocalDate", Set.of("now")),
            Map.entry("java.time.LocalTime", Set.of("now")),
            Map.entry("java.time.LocalDateTime", Set.of("now")),
            Map.entry("java.time.OffsetDateTime", Set.of("now")),
            Map.entry("java.time.ZonedDateTime", Set.of("now")),
            Map.entry(
                    "java.time.Clock",
                    Set.of("system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds", "tickMinutes")),
            Map.entry("java.util.Date", Set.of("<init>")),
            Map.entry("java.util.Calendar", Set.of("getInstance")));

    /** Chance that no seed of ours decides. {@code SecureRandom} stays free: it makes keys, never decisions. */
    private static final Map<String, Set<String>> DICE = Map.of(
            "java.lang.Math", Set.of("random"),
            "java.util.Random", Set.of("<init>"),
            "java.util.SplittableRandom", Set.of("<init>"),
            "java.util.concurrent.ThreadLocalRandom", Set.of("current"),
            "java.util.UUID", Set.of("randomUUID"),
            "java.util.random.RandomGenerator", Set.of("of", "getDefault"),
            "java.util.random.RandomGeneratorFactory", Set.of("of", "getDefault"));

    ArchRule modulesFollowTheArrows() {
        return classes().should(new Arrows(root));
    }

    ArchRule packagesFormNoCycle() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    ArchRule onlyTheTimePackageAsksForTheTime() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".model.time..")
                .should()
                .accessTargetWhere(access("read the clock or sleep", CLOCKS, this::isTheCommandsWallClock));
    }

    ArchRule onlySeedsThrowDice() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".model.seed..")
                .should()
                .accessTargetWhere(access("use chance without a seed", DICE, access -> false));
    }

    /** Templates are turned into Java by jte, which keeps their line numbers in a static array. */
    ArchRule nobodyKeepsStaticState() {
        return classes().that().haveNameNotMatching(".*\\.Jte\\w+Generated").should(new NoStaticMutableState());
    }

    ArchRule namesSayWhatThingsAre() {
        return classes().should(new ClearNames());
    }

    ArchRule onlyTheCommandPrints() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".cli..")
                .and(DescribedPredicate.describe("are not the child processes' protocol", c -> !isChildProtocol(c)))
                .should()
                .accessTargetWhere(DescribedPredicate.describe("print", HouseRules::prints));
    }

    /** Else a recorder could forget to take the secrets out. */
    ArchRule onlyTheOutputWritesTraces() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".recorder..")
                .and()
                .resideOutsideOfPackage(root + ".recorder.output..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(root + ".model.trace.TraceWriter");
    }

    ArchRule nobodyLogsThroughJavaUtilLogging() {
        return noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");
    }

    /** The command hands the wall clock to whoever needs one. */
    private boolean isTheCommandsWallClock(JavaAccess<?> access) {
        JavaClass owner = access.getOriginOwner();
        return (owner.getPackageName().startsWith(root + ".cli")
                        || owner.getFullName().equals(root + ".targets.InstanceMain"))
                && access.getTarget().getFullName().equals("java.time.Clock.systemUTC()");
    }

    /** A child process tells its parent on standard output where it listens. */
    private boolean isChildProtocol(JavaClass javaClass) {
        return javaClass.getName().equals(root + ".targets.InstanceMain")
                || javaClass.getName().startsWith(root + ".targets.InstanceMain$");
    }

    private static boolean prints(JavaAccess<?> access) {
        boolean stream = access.getTargetOwner().getName().equals("java.lang.System")
                && Set.of("out", "err").contains(access.getName());
        boolean stackTrace = access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getName().equals("printStackTrace")
                && target.getRawParameterTypes().isEmpty();
        return stream || stackTrace;
    }

    private static DescribedPredicate<JavaAccess<?>> access(
            String what, Map<String, Set<String>> members, Predicate<JavaAccess<?>> allowed) {
        return DescribedPredicate.describe(what, access -> {
            Set<String> refused = members.getOrDefault(access.getTargetOwner().getName(), Set.of());
            return refused.contains(access.getName()) && !allowed.test(access);
        });
    }
}
