package dev.colloquy.adapter.redis;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.error.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages through the keys of an agent with SCAN, one master after the other. */
final class Listing {

    private static final Pattern CURSOR = Pattern.compile("v1 (?<node>\\S+) (?<scan>\\d{1,20})");
    private static final String START = "0";
    private static final int FEWEST_KEYS = 10;
    private static final int MOST_KEYS = 1000;
    private static final int MOST_SCANS = 50;

    private final Nodes nodes;

    Listing(Nodes nodes) {
        this.nodes = nodes;
    }

    /** One scan: which master, and where on it. */
    private record Place(String node, String scan) {

        String encode() {
            byte[] text = ("v1 " + node + " " + scan).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
        }

        static Place decode(String cursor) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                Matcher parts = CURSOR.matcher(text);
                if (parts.matches()) {
                    return new Place(parts.group("node"), parts.group("scan"));
                }
            } catch (IllegalArgumentException notBase64) {
                // The same as any other cursor that is not ours.
            }
            throw new InvalidValue("cursor", cursor, "a cursor that a listing gave");
        }
    }

    /**
     * Reads a page. It goes on through pages of foreign keys until it has found something, within limits.
     *
     * @throws InvalidValue if the cursor is not ours
     */
    ConversationPage page(AgentId agent, PageRequest request) {
        Place from = request.from().map(Place::decode).orElse(null);
        List<String> masters = nodes.masters();
        // A master that is gone (a failover) is begun anew with the first: seeing a conversation twice is allowed.
        int node = from == null ? 0 : Math.max(0, masters.indexOf(from.node()));
        String scan = from != null && masters.contains(from.node()) ? from.scan() : START;
        List<ConversationId> found = new ArrayList<>();
        int keys = Math.max(FEWEST_KEYS, request.limit());
        for (int scans = 0; scans < MOST_SCANS && node < masters.size() && found.size() < request.limit(); scans++) {
            Nodes.Scan part = nodes.scan(masters.get(node), scan, ConversationKey.pattern(agent), keys);
            part.keys().forEach(key -> ConversationKey.parse(agent, key).ifPresent(found::add));
            scan = part.next();
            if (scan.equals(START)) {
                node++;
            }
            keys = Math.min(MOST_KEYS, keys * 2);
            if (!found.isEmpty() && found.size() + keys > 2 * request.limit()) {
                break;
            }
        }
        String next = node < masters.size() ? new Place(masters.get(node), scan).encode() : null;
        return new ConversationPage(found, next);
    }
}
