package io.tierdrill.scenarios.profile;

import io.tierdrill.analysis.finding.ProfileLink;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.profiler.flame.FlamePage;
import io.tierdrill.profiler.recording.StackRecorder;
import io.tierdrill.profiler.recording.Taken;
import io.tierdrill.profiler.stacks.Difference;
import io.tierdrill.profiler.stacks.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes flame graphs into the folder in which the recordings are: one folder for each process, and one for each tier of
 * several, its processes added up, because a single one may have done too little to tell.
 */
public final class ProfilePages {
    private final Path run;
    private final Path home;

    /**
     * @param run the folder that links are told from
     * @param home within it, of the profiles
     */
    public ProfilePages(Path run, Path home) {
        this.run = run;
        this.home = home;
    }

    /** Of somebody else's stack no process is known. */
    public static void requireOurs(boolean somebodyElses) throws BadInputException {
        if (somebodyElses)
            throw new BadInputException(new Problem(
                    "target",
                    "",
                    "is somebody else's stack: its processes cannot be profiled from here",
                    "Leave out --profile, or write a 'stack:'."));
    }

    /** A page for each profile, and the same as text. */
    public List<ProfileLink> write(List<Taken> taken, String name) throws IOException {
        List<ProfileLink> links = new ArrayList<>();
        for (Map.Entry<String, Side> each : subjects(taken).entrySet()) {
            Path page = folder(each.getKey()).resolve(name + ".html");
            Side side = each.getValue();
            if (side.profile().isEmpty()) {
                links.add(none(each.getKey(), side));
                continue;
            }
            single(each.getKey(), side.profile().get(), name);
            links.add(link(each.getKey(), page, top(side.profile().get())));
        }
        return links;
    }

    /** Both profiles of each, and how they differ. */
    public List<ProfileLink> compare(List<Taken> before, String nameBefore, List<Taken> after, String nameAfter)
            throws IOException {
        List<ProfileLink> links = new ArrayList<>();
        Map<String, Side> first = subjects(before);
        for (Map.Entry<String, Side> each : subjects(after).entrySet()) {
            String of = each.getKey();
            Side was = first.get(of);
            Side is = each.getValue();
            if (was.profile().isPresent()) single(of, was.profile().get(), nameBefore);
            if (is.profile().isPresent()) single(of, is.profile().get(), nameAfter);
            links.add(compared(of, was, nameBefore, is, nameAfter));
        }
        return links;
    }

    private ProfileLink compared(String of, Side was, String nameBefore, Side is, String nameAfter) throws IOException {
        if (was.profile().isPresent() && is.profile().isPresent()) {
            Difference two = new Difference(was.profile().get(), is.profile().get());
            Path page = folder(of).resolve("difference.html");
            Files.writeString(page, FlamePage.difference(of, two));
            return link(of, page, FlamePage.sentence(two));
        }
        Side has = is.profile().isPresent() ? is : was;
        Side lacks = has == is ? was : is;
        if (has.profile().isEmpty()) return none(of, is);
        Path page = folder(of).resolve((has == is ? nameAfter : nameBefore) + ".html");
        return link(of, page, "nothing to compare with: " + lacks.why().orElseThrow());
    }

    private void single(String of, Profile profile, String name) throws IOException {
        Path folder = folder(of);
        Files.writeString(folder.resolve(name + ".folded.txt"), profile.stacks().text());
        Files.writeString(folder.resolve(name + ".html"), FlamePage.of(of, profile));
    }

    private static String top(Profile profile) {
        return profile.stacks().self().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> String.format(
                        Locale.ROOT,
                        "%,d samples, most in %s (%.0f %%)",
                        profile.samples(),
                        most.getKey(),
                        100.0 * most.getValue() / profile.samples()))
                .orElse("no samples");
    }

    /** What there is of a process or of a tier: its profile or why there is none. */
    private record Side(Optional<Profile> profile, Optional<String> why) {}

    /** Tiers of several processes first, then each process, in the order of the stack. */
    private static Map<String, Side> subjects(List<Taken> taken) {
        Map<String, List<Taken>> tiers = new LinkedHashMap<>();
        for (Taken t : taken)
            tiers.computeIfAbsent(t.id().tier(), tier -> new ArrayList<>()).add(t);
        Map<String, Side> subjects = new LinkedHashMap<>();
        tiers.forEach((tier, instances) -> {
            if (instances.size() > 1) subjects.put(tier, together(instances));
            instances.forEach(t -> subjects.put(t.id().toString(), new Side(t.profile(), t.why())));
        });
        return subjects;
    }

    /** One that is missing would make the tier look cheaper than it is. */
    private static Side together(List<Taken> instances) {
        Optional<Taken> missing =
                instances.stream().filter(t -> t.profile().isEmpty()).findFirst();
        if (missing.isPresent())
            return new Side(
                    Optional.empty(),
                    missing.map(m -> m.id() + " is missing: " + m.why().orElseThrow()));
        return new Side(instances.stream().flatMap(t -> t.profile().stream()).reduce(Profile::plus), Optional.empty());
    }

    private Path folder(String of) throws IOException {
        Path folder = of.indexOf('/') < 0 ? home.resolve(of) : StackRecorder.folder(home, InstanceId.parse(of));
        return Files.createDirectories(folder);
    }

    private ProfileLink link(String of, Path page, String sentence) {
        String relative = run.relativize(page).toString().replace('\\', '/');
        return new ProfileLink(of, Optional.of(relative), sentence);
    }

    private static ProfileLink none(String of, Side side) {
        return new ProfileLink(of, Optional.empty(), "no profile: " + side.why().orElseThrow());
    }
}
