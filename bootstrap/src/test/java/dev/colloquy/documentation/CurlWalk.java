package dev.colloquy.documentation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the README's curl commands on a machine without curl. It knows assignments, quotes and the options that the
 * README uses, and refuses any other.
 */
final class CurlWalk {

    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\\\\.|[^\\s'\\\\])+");
    private static final Pattern PIECE = Pattern.compile("'([^']*)'|\\\\(.)|([^'\\\\]+)");

    private final Map<String, String> variables = new HashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();

    /** What the commands print. */
    String run(String commands) throws IOException, InterruptedException {
        StringBuilder printed = new StringBuilder();
        for (String line : commands.lines().toList()) {
            if (line.matches("\\w+=\\S+")) {
                variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            } else {
                printed.append(curl(words(line)));
            }
        }
        return printed.toString();
    }

    private String curl(List<String> words) throws IOException, InterruptedException {
        Iterator<String> rest = words.iterator();
        if (!rest.next().equals("curl")) {
            throw new IllegalArgumentException("not a curl command: " + words);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder();
        boolean silent = false;
        String format = "";
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "-s" -> {}
                case "-o" -> silent = rest.next().equals("/dev/null");
                case "-w" -> format = rest.next();
                case "-H" -> {
                    String[] header = rest.next().split(": ", 2);
                    request.header(header[0], header[1]);
                }
                case "-d" -> request.POST(BodyPublishers.ofString(rest.next()));
                case "-X" -> request.method(rest.next(), BodyPublishers.noBody());
                default -> request.uri(URI.create(word));
            }
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        String status = format.replace("\\n", "\n").replace("%{http_code}", Integer.toString(response.statusCode()));
        return (silent ? "" : response.body()) + status;
    }

    private List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(MatchResult::group)
                .map(word -> PIECE.matcher(word).replaceAll(CurlWalk::quoted))
                .map(this::expanded)
                .toList();
    }

    private static String quoted(MatchResult piece) {
        for (int group = 1; group <= 3; group++) {
            if (piece.group(group) != null) {
                return Matcher.quoteReplacement(piece.group(group));
            }
        }
        throw new IllegalStateException("an empty piece");
    }

    private String expanded(String word) {
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (word.startsWith("$" + variable.getKey())) {
                return variable.getValue() + word.substring(variable.getKey().length() + 1);
            }
        }
        return word;
    }
}
