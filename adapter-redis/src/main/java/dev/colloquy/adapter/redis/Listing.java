package dev.colloquy.adapter.redis;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.error.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages through the keys of an agent with SCAN, one master after the other. */
final class Listing {

    private static final Pattern CURSOR = Pattern.compile("v1 (?<node>\\S+) (?<scan>\\d{1,20})");
    private static final String START = "0";
    private static final int FEWEST_KEYS = 10;
    private static final int MOST_KEYS = 1000;
    private static final int MOST_SCANS = 50;
    /** What part of its time a listing may have used up before it ends with what it has. */
    private static final int HALF = 2;

    private final Nodes nodes;

    Listing(Nodes nodes) {
        this.nodes = nodes;
    }

    /** One scan: which master, and where on it. */
    record Place(String node, String scan) {

        String encode() {
            byte[] text = ("v1 " + node + " " + scan).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
        }

        /** @throws InvalidValue if the cursor is not ours */
        static Place decode(String cursor) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                Matcher parts = CURSOR.matcher(text);
                if (parts.matches()) {
                    Long.parseUnsignedLong(parts.group("scan"));
                    return new Place(parts.group("node"), parts.group("scan"));
                }
            } catch (IllegalArgumentException notBase64OrNoNumber) {
                // The same as any other cursor that is not ours.
            }
            throw new InvalidValue("cursor", cursor, "a cursor that a listing gave");
        }
    }

    /**
     * Reads a page. It goes on through pages of foreign keys until it has found something, within limits: of a large
     * Redis a page may be short or empty and still have one behind it.
     *
     * @param limit about how many conversations at most
     * @param from where to go on, or empty to begin
     * @param time how long it may take
     */
    ConversationPage page(AgentId agent, int limit, Optional<Place> from, Duration time) {
        long begun = System.nanoTime();
        List<String> masters = nodes.masters(time);
        // A master that is gone (a failover) is begun anew with the first: seeing a conversation twice is allowed.
        Optional<Place> start = from.filter(place -> masters.contains(place.node()));
        int node = start.map(place -> masters.indexOf(place.node())).orElse(0);
        String scan = start.map(Place::scan).orElse(START);
        List<ConversationId> found = new ArrayList<>();
        int keys = Math.max(FEWEST_KEYS, limit);
        for (int scans = 0; scans < MOST_SCANS && node < masters.size() && found.size() < limit; scans++) {
            Duration left = time.minusNanos(System.nanoTime() - begun);
            if (scans > 0 && left.compareTo(time.dividedBy(HALF)) < 0) {
                break;
            }
            Nodes.Scan part = nodes.scan(masters.get(node), scan, ConversationKey.pattern(agent), keys, left);
            part.keys().forEach(key -> ConversationKey.parse(agent, key).ifPresent(found::add));
            scan = part.next();
            if (scan.equals(START)) {
                node++;
            }
            keys = Math.min(MOST_KEYS, keys * 2);
            if (!found.isEmpty() && found.size() + keys > 2 * limit) {
                break;
            }
        }
        String next = node < masters.size() ? new Place(masters.get(node), scan).encode() : null;
        return new ConversationPage(found, next);
    }
}
