package io.tierdrill.load.replay;

import io.tierdrill.load.shape.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a replay.
 *
 * @param parts the trace, or those that are mixed
 * @param speed how many times faster than recorded; used where there is no rate
 * @param rate mean requests a second that time is stretched or squeezed to, clones included; of one trace only
 * @param scale users for each one recorded; a fraction is that share of the users, whole; 1 where there is a shape
 * @param loop whether a trace begins again when it ends before the run does
 * @param window the part of each trace that counts
 * @param shape requests a second over time, for which users are sampled and cloned
 */
public record ReplayConfig(
        List<MixPart> parts,
        double speed,
        Optional<Double> rate,
        double scale,
        boolean loop,
        Optional<Window> window,
        Optional<Shape> shape) {
    public ReplayConfig {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) throw new IllegalArgumentException("parts must not be empty");
        if (!(speed > 0)) throw new IllegalArgumentException("speed must be above 0, was " + speed);
        if (rate.isPresent() && !(rate.get() > 0))
            throw new IllegalArgumentException("rate must be above 0, was " + rate.get());
        if (!(scale > 0)) throw new IllegalArgumentException("scale must be above 0, was " + scale);
    }

    /** One trace without window and shape. */
    public ReplayConfig(Path trace, double speed, Optional<Double> rate, double scale, boolean loop) {
        this(List.of(MixPart.whole(trace)), speed, rate, scale, loop, Optional.empty(), Optional.empty());
    }

    /** As recorded, once. */
    public static ReplayConfig asRecorded(Path trace) {
        return new ReplayConfig(trace, 1, Optional.empty(), 1, false);
    }

    /** So many times the users. */
    public ReplayConfig scaledBy(double factor) {
        if (shape.isPresent())
            return new ReplayConfig(
                    parts,
                    speed,
                    rate,
                    scale,
                    loop,
                    window,
                    Optional.of(shape.get().scaledBy(factor)));
        return new ReplayConfig(parts, speed, rate.map(r -> r * factor), scale * factor, loop, window, shape);
    }

    /** The same traces, over and over, at other rates; users are sampled or cloned to follow them. */
    public ReplayConfig shapedAs(Shape other) {
        return new ReplayConfig(parts, speed, Optional.empty(), 1, true, window, Optional.of(other));
    }

    /** Puts its settings where {@link ReplayReader} finds them; traces by their absolute path. */
    public void putInto(Map<String, Object> map) {
        if (parts.size() == 1 && parts.get(0).share().isEmpty() && parts.get(0).scale() == 1)
            map.put("trace", absolute(parts.get(0).trace()));
        else map.put("mix", mix());
        if (rate.isPresent()) map.put("rate", rate.get());
        else map.put("speed", speed);
        if (shape.isEmpty()) map.put("scale", scale);
        map.put("loop", loop);
        window.ifPresent(w -> map.put("window", w.toString()));
        shape.ifPresent(s -> map.put("shape", s.toMap()));
    }

    private List<Map<String, Object>> mix() {
        List<Map<String, Object>> list = new ArrayList<>();
        for (MixPart part : parts) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("trace", absolute(part.trace()));
            if (part.share().isPresent()) entry.put("share", part.share().get());
            else entry.put("scale", part.scale());
            list.add(entry);
        }
        return list;
    }

    private static String absolute(Path trace) {
        return trace.toAbsolutePath().normalize().toString();
    }
}
