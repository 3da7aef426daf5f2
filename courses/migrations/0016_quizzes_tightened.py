import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0015_questions_into_the_bank'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='quizattempt',
            name='answers',
        ),
        migrations.RemoveField(
            model_name='quizattempt',
            name='block_id',
        ),
        migrations.RemoveField(
            model_name='quizattempt',
            name='items',
        ),
        migrations.AlterField(
            model_name='quizattempt',
            name='quiz',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='courses.quiz', verbose_name='quiz'),
        ),
        migrations.AlterField(
            model_name='quizattempt',
            name='started_at',
            field=models.DateTimeField(verbose_name='begun'),
        ),
        migrations.AddIndex(
            model_name='quizattempt',
            index=models.Index(condition=models.Q(('submitted_at', None)), fields=['deadline_at'], name='attempt_runs_out'),
        ),
        migrations.AddConstraint(
            model_name='quizattempt',
            constraint=models.CheckConstraint(condition=models.Q(('max_points__gte', 1), models.Q(('points', None), ('points__lte', models.F('max_points')), _connector='OR')), name='attempt_points_within_maximum'),
        ),
        migrations.AddConstraint(
            model_name='quizattempt',
            constraint=models.UniqueConstraint(fields=('enrolment', 'lesson_key', 'number'), name='attempt_number_once'),
        ),
        migrations.AddConstraint(
            model_name='quizattempt',
            constraint=models.UniqueConstraint(condition=models.Q(('submitted_at', None)), fields=('enrolment', 'lesson_key'), name='attempt_one_open'),
        ),
        migrations.AddConstraint(
            model_name='quizattempt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('passed', False), ('points', None), ('submitted_at', None)), models.Q(('points__isnull', False), ('submitted_at__gte', models.F('started_at'))), _connector='OR'), name='attempt_judged_when_closed'),
        ),
        migrations.AddConstraint(
            model_name='quiz',
            constraint=models.CheckConstraint(condition=models.Q(('pass_mark__gte', 1), ('pass_mark__lte', 100)), name='quiz_pass_mark_is_percent'),
        ),
        migrations.AddConstraint(
            model_name='quizallowance',
            constraint=models.CheckConstraint(condition=models.Q(('attempts__gte', 1), ('minutes__gte', 1), _connector='OR'), name='allowance_of_something'),
        ),
        migrations.AddConstraint(
            model_name='quizresponse',
            constraint=models.UniqueConstraint(fields=('attempt', 'position'), name='response_once_a_position'),
        ),
    ]
