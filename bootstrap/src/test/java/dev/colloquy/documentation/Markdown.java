package dev.colloquy.documentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the tests need to know about Markdown and about the regions of sources that it shows. */
final class Markdown {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    private Markdown() {}

    /** A fenced block: its language and its text. */
    record Block(String language, String text) {}

    static List<Block> blocks(String document) {
        return BLOCK.matcher(document)
                .results()
                .map(match -> new Block(match.group(1), match.group(2)))
                .toList();
    }

    /** The text of each region of a Java source, moved to the left; parts of the same name belong together. */
    static Map<String, String> regions(String source) {
        Map<String, StringBuilder> regions = new LinkedHashMap<>();
        List<StringBuilder> open = new ArrayList<>();
        for (String line : source.lines().toList()) {
            String marker = line.strip();
            if (marker.startsWith("// region ")) {
                open.add(regions.computeIfAbsent(marker.substring(10), name -> new StringBuilder()));
            } else if (marker.equals("// endregion")) {
                open.removeLast();
            } else {
                open.forEach(region -> region.append(line).append('\n'));
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        regions.forEach(
                (name, text) -> texts.put(name, text.toString().stripTrailing().stripIndent() + "\n"));
        return texts;
    }
}
