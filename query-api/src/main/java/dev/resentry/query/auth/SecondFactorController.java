package dev.resentry.query.auth;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AllowedToPeople;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The second factor of one's own account. */
@NativeApi
@Tag(name = "Account")
class SecondFactorController {
    private static final String PATH = "/api/v1/account/second-factor";

    private final SecondFactors factors;
    private final PasswordLogin passwords;
    private final Login login;

    SecondFactorController(SecondFactors factors, PasswordLogin passwords, Login login) {
        this.factors = factors;
        this.passwords = passwords;
        this.login = login;
    }

    /**
     * Whether logins with the password ask for a code too.
     *
     * @param recoveryCodesLeft how many of the ten were not used
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "SecondFactor")
    record SecondFactorAnswer(boolean on, int recoveryCodesLeft) {}

    record SecondFactorStart(@NotBlank String password) {}

    /**
     * What an authenticator app has to know.
     *
     * @param secret for people who type it, in Base32
     * @param uri for a QR code (otpauth)
     */
    record SecondFactorSecret(String secret, String uri) {}

    record SecondFactorCode(
            @NotBlank @Size(max = SecondFactors.MAX_CODE) String code) {}

    /** @param recoveryCodes each good once in the place of a code; not shown again */
    @JsonNaming(SnakeCaseStrategy.class)
    record RecoveryCodes(List<String> recoveryCodes) {}

    /** @param code of the app, or a recovery code */
    record SecondFactorEnd(
            @NotBlank String password,
            @NotBlank @Size(max = SecondFactors.MAX_CODE) String code) {}

    @GetMapping(PATH)
    @Operation(operationId = "getSecondFactor")
    @AllowedToPeople(evenBeforeDuty = true)
    SecondFactorAnswer get(Actor actor) {
        return new SecondFactorAnswer(factors.isOn(actor.userId()), factors.recoveryCodesLeft(actor.userId()));
    }

    /** Makes a secret for an authenticator app. It is asked for nowhere until a first code of it is confirmed. */
    @PostMapping(PATH)
    @Operation(operationId = "startSecondFactor")
    @AllowedToPeople(evenBeforeDuty = true)
    @ResponseStatus(HttpStatus.CREATED)
    SecondFactorSecret start(@Valid @RequestBody SecondFactorStart request, Actor actor) {
        passwords.confirm(actor, "password", request.password());
        SecondFactors.Enrolment enrolment = factors.begin(actor);
        return new SecondFactorSecret(enrolment.secret(), enrolment.uri());
    }

    /** Switches the second factor on, by a first code of the app. */
    @PostMapping(PATH + "/confirm")
    @Operation(operationId = "confirmSecondFactor")
    @AllowedToPeople(evenBeforeDuty = true)
    RecoveryCodes confirm(@Valid @RequestBody SecondFactorCode request, Actor actor) {
        return new RecoveryCodes(factors.confirm(actor, request.code()));
    }

    /** Switches the second factor off; its recovery codes go too. */
    @PostMapping(PATH + "/disable")
    @Operation(operationId = "disableSecondFactor")
    @AllowedToPeople
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disable(@Valid @RequestBody SecondFactorEnd request, Actor actor) {
        if (!factors.isOn(actor.userId())) {
            throw ApiException.conflict("second_factor", "it is not on");
        }
        login.confirm(actor, request.password(), request.code());
        factors.switchOff(actor);
    }
}
