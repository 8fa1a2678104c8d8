package dev.resentry.processing.group.frame;

/** What is of libraries and of the platform in Go. */
final class GoLibraries {
    /** Packages with a slash behind them, which stand for all below them. */
    static final Prefixes PACKAGES = Prefixes.of("""
            archive/ bufio/ bytes/ compress/ container/ context/ crypto/ database/ embed/ encoding/ errors/ flag/ fmt/
            github.com/getsentry/ github.com/gin-gonic/ github.com/go-chi/ github.com/gofiber/ github.com/gorilla/
            github.com/jackc/ github.com/labstack/echo/ github.com/lib/pq/ github.com/pkg/errors/ github.com/spf13/
            github.com/urfave/ github.com/valyala/ go/ go.uber.org/ golang.org/ google.golang.org/ gorm.io/ hash/ html/
            image/ index/ internal/ io/ iter/ log/ maps/ math/ mime/ net/ os/ path/ plugin/ reflect/ regexp/ runtime/ slices/
            sort/ strconv/ strings/ sync/ syscall/ testing/ text/ time/ unicode/ unsafe/""");

    private GoLibraries() {}
}
