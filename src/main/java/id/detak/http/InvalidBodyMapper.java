package id.detak.http;

import id.detak.platform.Problems;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.ext.Provider;
import java.util.stream.Collectors;

/** Returns 400 for a body that violates the constraints of its record, with their messages, which name the fields. */
@Provider
@Priority(InvalidBodyMapper.BEFORE_RESTEASY_PROBLEM)
public class InvalidBodyMapper extends ExceptionMapperBase<ConstraintViolationException> {

    /** resteasy-problem registers its mappers, whose details are worse, with 999. */
    static final int BEFORE_RESTEASY_PROBLEM = 998;

    @Override
    protected HttpProblem toProblem(ConstraintViolationException exception) {
        return Problems.badRequest(exception.getConstraintViolations().stream()
                .map(ConstraintViolation::getMessage)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" ")));
    }
}
