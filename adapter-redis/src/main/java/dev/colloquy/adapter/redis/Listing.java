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
import org.jspecify.annotations.Nullable;

/**
 * Pages through the keys of an agent with SCAN, one master after the other.
 *
 * <p>A cursor names a master by the slots it serves and not by its address, so that it means the same to every client of
 * Redis, and after a failover. When masters change during a listing:
 *
 * <ul>
 *   <li>A master that fails over or is started anew while it is scanned is begun anew, for a scan's order is that of one
 *       process of Redis. What was read of other masters stays read.
 *   <li>If the masters serve other slots than when the listing began, or if keys are moving away from a master when its
 *       scan ends, the whole listing begins anew. It ends only after a pass in which each slot stayed where it was while
 *       its master was scanned, and so not as long as a slot is left half moved.
 *   <li>If a slot has no master, there is no page.
 *   <li>INFO tells one process from another. To a user who may not run it, and on a server that does not say, a master's
 *       address stands for it: then a restart goes unnoticed, and may hide conversations from a listing under way.
 * </ul>
 *
 * <p>Beginning anew shows conversations twice, which is allowed.
 */
final class Listing {

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

    /**
     * Where to go on.
     *
     * @param slots which slots each master served ({@link Nodes.Masters#slots()}), "" for the beginning of a listing
     * @param master which of them is scanned
     * @param process which process of Redis the scan is about, "" for none yet
     * @param scan where on it, "0" for its beginning
     */
    record Place(String slots, int master, String process, String scan) {

        private static final Pattern CURSOR =
                Pattern.compile("v2 (?<slots>\\w*) (?<master>\\d{1,5}) (?<process>\\w*) (?<scan>\\d{1,20})");

        /** The beginning of a listing whatever the masters are by then. */
        static final Place ANEW = new Place("", 0, "", START);

        static Place beginningOf(Nodes.Masters masters, int master) {
            return new Place(masters.slots(), master, "", START);
        }

        String encode() {
            byte[] text = String.join(" ", "v2", slots, Integer.toString(master), process, scan)
                    .getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
        }

        /** @throws InvalidValue if the cursor is not ours */
        static Place decode(String cursor) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                Matcher parts = CURSOR.matcher(text);
                if (parts.matches()) {
                    Long.parseUnsignedLong(parts.group("scan"));
                    int master = Integer.parseInt(parts.group("master"));
                    return new Place(parts.group("slots"), master, parts.group("process"), parts.group("scan"));
                }
            } catch (IllegalArgumentException notBase64OrNoNumber) {
                // The same as any other cursor that is not ours.
            }
            throw new InvalidValue("cursor", cursor, "a cursor that a listing gave");
        }

        boolean isAmong(Nodes.Masters masters) {
            return slots.equals(masters.slots()) && master < masters.inOrder().size();
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
        Page page = new Page(agent, limit, time);
        Nodes.Masters masters = nodes.masters(time);
        Place place = from.filter(known -> known.isAmong(masters)).orElse(Place.beginningOf(masters, 0));
        Place next = page.read(masters, place);
        while (next != null && next.isAmong(masters) && page.hasRoom()) {
            next = page.read(masters, next);
        }
        return new ConversationPage(page.found, next == null ? null : next.encode());
    }

    /** What a page has found, and what it may still do. */
    private final class Page {

        private final AgentId agent;
        private final int limit;
        private final Duration time;
        private final long begun = System.nanoTime();
        private final List<ConversationId> found = new ArrayList<>();
        private int keys;
        private int scans;

        Page(AgentId agent, int limit, Duration time) {
            this.agent = agent;
            this.limit = limit;
            this.time = time;
            this.keys = Math.max(FEWEST_KEYS, limit);
        }

        private Duration left() {
            return time.minusNanos(System.nanoTime() - begun);
        }

        boolean hasRoom() {
            return scans < MOST_SCANS
                    && found.size() < limit
                    && (found.isEmpty() || found.size() + keys <= 2 * limit)
                    && left().compareTo(time.dividedBy(HALF)) >= 0;
        }

        /**
         * Scans a master, at least a part of it.
         *
         * @return where to go on, or null if nothing is left
         */
        @Nullable
        Place read(Nodes.Masters masters, Place from) {
            Nodes.Master master = masters.inOrder().get(from.master());
            String process = from.process().isEmpty() ? nodes.process(master, left()) : from.process();
            String scan = scan(master, from.scan());
            // Only now, so that it holds for all of these scans.
            String now = nodes.process(master, left());
            if (!now.equals(process)) {
                return new Place(masters.slots(), from.master(), now, START);
            }
            if (!scan.equals(START)) {
                return new Place(masters.slots(), from.master(), process, scan);
            }
            // The client learns of a move when it is over, and later than that; the master itself knows at once.
            if (!nodes.serves(master, left())) {
                return Place.ANEW;
            }
            int following = from.master() + 1;
            return following < masters.inOrder().size() ? Place.beginningOf(masters, following) : null;
        }

        private String scan(Nodes.Master master, String from) {
            String scan = from;
            do {
                Nodes.Scan part = nodes.scan(master, scan, ConversationKey.pattern(agent), keys, left());
                part.keys().forEach(key -> ConversationKey.parse(agent, key).ifPresent(found::add));
                scan = part.next();
                scans++;
                keys = Math.min(MOST_KEYS, keys * 2);
            } while (!scan.equals(START) && hasRoom());
            return scan;
        }
    }
}
