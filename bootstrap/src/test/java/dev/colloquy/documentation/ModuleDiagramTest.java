package dev.colloquy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

@DisplayName("The picture of the modules")
class ModuleDiagramTest {

    private static final Element PICTURE = parse("docs/architecture.svg");

    @Test
    @DisplayName("shows every module, and nothing else")
    void modules() {
        Stream<String> shown = elements(PICTURE, "g")
                .map(group -> group.getAttribute("data-module"))
                .filter(Predicate.not(String::isEmpty));

        assertThat(shown).containsExactlyInAnyOrderElementsOf(modules(ModuleDiagramTest::name));
    }

    @Test
    @DisplayName("has an arrow for every dependency of one module on another, and no other")
    void arrows() {
        Stream<String> shown = elements(PICTURE, "path")
                .filter(path -> path.hasAttribute("data-from"))
                .map(path -> path.getAttribute("data-from") + " -> " + path.getAttribute("data-to"));

        Set<String> built = new TreeSet<>();
        for (String module : modules(path -> path)) {
            elements(parse(module + "/pom.xml"), "dependency")
                    .filter(dependency -> "dev.colloquy".equals(child(dependency, "groupId")))
                    .filter(dependency -> !"test".equals(child(dependency, "scope")))
                    .map(dependency -> child(dependency, "artifactId").replaceFirst("colloquy-", ""))
                    .forEach(target -> built.add(name(module) + " -> " + target));
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(built);
    }

    @Test
    @DisplayName("has colours for a dark page")
    void dark() {
        assertThat(Repository.read("docs/architecture.svg")).contains("prefers-color-scheme: dark");
    }

    private static List<String> modules(UnaryOperator<String> named) {
        return elements(parse("pom.xml"), "module")
                .map(Element::getTextContent)
                // It measures every other module, and nothing uses it: its arrows would only hide the others.
                .filter(Predicate.not("benchmarks"::equals))
                .map(named)
                .toList();
    }

    private static String name(String modulePath) {
        return Path.of(modulePath).getFileName().toString();
    }

    private static String child(Element parent, String tag) {
        return elements(parent, tag).findFirst().map(Element::getTextContent).orElse("");
    }

    private static Stream<Element> elements(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
    }

    private static Element parse(String path) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(Repository.ROOT.resolve(path).toFile())
                    .getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(path, e);
        }
    }
}
