package id.detak.page.card;

import id.detak.page.shared.Direction;
import id.detak.page.shared.QuoteCard;
import id.detak.page.shared.Sparkline;
import io.quarkus.logging.Log;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Scanner;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** A picture for link previews, in the size that they show without cutting anything off. */
final class PreviewPicture {

    static final int WIDTH = 1200;
    static final int HEIGHT = 630;

    private static final int MARGIN = 64;
    private static final Palette COLOURS = Palette.LIGHT;

    static {
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false); // no temporary files
    }

    private final Graphics2D canvas;

    private PreviewPicture(Graphics2D canvas) {
        this.canvas = canvas;
    }

    /** Whether this system has a font; without one, the JDK cannot draw text. */
    static boolean hasFonts() {
        return Fonts.USABLE;
    }

    /** Tried once, when the first picture is requested. */
    private static final class Fonts {

        private static final boolean USABLE = tried();

        private static boolean tried() {
            try {
                png(picture -> picture.text("Detak", MARGIN, 92, 52, Font.BOLD, COLOURS.text(), 300));
                return true;
            } catch (RuntimeException | LinkageError | InternalError e) {
                Log.warn("Link previews show only the icon: install fontconfig and a font.", e);
                return false;
            }
        }
    }

    /** One picture at a time. */
    static synchronized byte[] png(Consumer<PreviewPicture> drawing) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            canvas.setColor(Color.decode(COLOURS.panel()));
            canvas.fillRect(0, 0, WIDTH, HEIGHT);
            drawing.accept(new PreviewPicture(canvas));
        } finally {
            canvas.dispose();
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    /** One quote, with its line. */
    void draw(Card card) {
        QuoteCard quote = card.quote();
        text(quote.indicator().code(), MARGIN, 124, 68, Font.BOLD, COLOURS.text(), WIDTH - 2 * MARGIN);
        text(quote.indicator().name(), MARGIN, 182, 36, Font.PLAIN, COLOURS.muted(), WIDTH - 2 * MARGIN);
        boolean moves = card.mainMoves();
        text(card.main().text(), MARGIN, 330, 108, Font.BOLD, moves ? colour(quote) : COLOURS.text(), 640);
        text(card.moved().text(), MARGIN, 410, 52, Font.PLAIN, colour(quote), 640);
        line(quote, 700, 232, 436, 250);
        foot(card, card.warnings());
    }

    /** A row for each quote. */
    void draw(List<Card> cards, String title) {
        text("Detak", MARGIN, 92, 52, Font.BOLD, COLOURS.text(), 300);
        text(title, 250, 92, 32, Font.PLAIN, COLOURS.muted(), WIDTH - 250 - MARGIN);
        int y = 158;
        for (Card card : cards) {
            QuoteCard quote = card.quote();
            text(quote.indicator().code(), MARGIN, y, 32, Font.BOLD, COLOURS.text(), 380);
            if (quote.indicator().level()) {
                right(quote.numbers().value(), 680, y, Font.PLAIN, COLOURS.text());
            }
            right(quote.numbers().percent(), 890, y, Font.BOLD, colour(quote));
            line(quote, 930, y - 32, WIDTH - MARGIN - 930, 40);
            y += 51;
        }
        if (!cards.isEmpty()) {
            foot(
                    cards.stream()
                            .min(Comparator.comparing(
                                    card -> card.quote().observed().at()))
                            .orElseThrow(),
                    cards.stream()
                            .flatMap(card -> card.warnings().stream())
                            .distinct()
                            .toList());
        }
    }

    private void foot(Card card, List<String> warnings) {
        String seen = card.seen();
        text(seen, MARGIN, HEIGHT - 44, 28, Font.PLAIN, COLOURS.muted(), 640);
        String words = String.join(" · ", warnings);
        if (!words.isEmpty()) {
            right(words, WIDTH - MARGIN, HEIGHT - 44, Font.BOLD, COLOURS.warn());
        }
    }

    private static String colour(QuoteCard quote) {
        if (quote.quality().suspect() || quote.numbers().direction() == Direction.FLAT) {
            return COLOURS.muted();
        }
        return quote.numbers().direction() == Direction.UP ? COLOURS.up() : COLOURS.down();
    }

    /** Compresses a text that is too long, so that no digit is missing. */
    private void text(String text, int x, int y, int size, int style, String colour, int room) {
        canvas.setColor(Color.decode(colour));
        canvas.setFont(new Font(Font.SANS_SERIF, style, size));
        int width = canvas.getFontMetrics().stringWidth(text);
        if (width > room) {
            canvas.setFont(canvas.getFont().deriveFont((float) size * room / width));
        }
        canvas.drawString(text, x, y);
    }

    private void right(String text, int end, int y, int style, String colour) {
        canvas.setFont(new Font(Font.SANS_SERIF, style, 30));
        int width = Math.min(canvas.getFontMetrics().stringWidth(text), 500);
        text(text, end - width, y, 30, style, colour, width);
    }

    private void line(QuoteCard quote, int x, int y, int width, int height) {
        Sparkline sparkline = quote.sparkline();
        double across = (double) width / Sparkline.WIDTH;
        double down = (double) height / Sparkline.HEIGHT;
        if (sparkline.baseline() != null) {
            double base = y + Double.parseDouble(sparkline.baseline()) * down;
            Path2D previousClose = new Path2D.Double();
            previousClose.moveTo(x, base);
            previousClose.lineTo(x + width, base);
            canvas.setColor(Color.decode(COLOURS.muted()));
            canvas.setStroke(
                    new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 6}, 0));
            canvas.draw(previousClose);
        }
        canvas.setColor(Color.decode(colour(quote)));
        canvas.setStroke(new BasicStroke(height > 100 ? 5 : 3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        canvas.draw(path(sparkline.path(), x, y, across, down));
    }

    /** The path of a sparkline: {@code M} and {@code L}, each with two numbers. */
    private static Path2D path(String commands, int x, int y, double across, double down) {
        Path2D path = new Path2D.Double();
        try (Scanner scanner = new Scanner(commands.replaceAll("([ML])", " $1 "))) {
            while (scanner.hasNext()) {
                boolean begins = scanner.next().equals("M");
                double toX = x + Double.parseDouble(scanner.next()) * across;
                double toY = y + Double.parseDouble(scanner.next()) * down;
                if (begins) {
                    path.moveTo(toX, toY);
                } else {
                    path.lineTo(toX, toY);
                }
            }
        }
        return path;
    }
}
