"""The scheme's deliveries to the ministry (plan, domain 1): what each is, and who counts its figures."""

from app.compensation.deliveries.evaluation import EVALUATION
from app.compensation.deliveries.plan import PLAN
from app.compensation.deliveries.recommendation import RECOMMENDATION
from app.compensation.deliveries.switch import SWITCH

KINDS = (RECOMMENDATION, PLAN, EVALUATION, SWITCH)
