"""Pages of assessing: the sheet, questions to the applicant, the recommendation, and the order within the frame."""

from app.assessments.routes import asking, ranking, recommending, sheets  # noqa: F401  (they hang on bp)
from app.assessments.routes.blueprint import bp

__all__ = ["bp"]
